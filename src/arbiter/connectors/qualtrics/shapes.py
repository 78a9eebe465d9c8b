"""How Qualtrics exports are recognised and what their rows mean.

Three header rows: names, questions, and `{"ImportId": …}`. What was a preview or spam is left out.
"""

from arbiter.connectors.tables.reading import Row
from arbiter.connectors.tables.records import LeftOut, Record
from arbiter.connectors.tables.shapes import Circumstances, Shape, any_of, named, own_targets
from arbiter.connectors.tables.survey_headers import meaning
from arbiter.connectors.tables.targets import Target

_STATUS = Target("qualtrics.status", "Qualtrics: status of the response")
_NO_ANSWER = ("survey preview", "survey test", "spam", "1", "2", "8")


def _is_heading(row: Row) -> bool:
    """The second header repeats the names in words, the third is JSON."""
    first = row.cells[0].strip()
    return first.startswith('{"ImportId"') or first.casefold() == "start date"


def _response(record: Record, _circumstances: Circumstances) -> None:
    if record.take(_STATUS.name).casefold() in _NO_ANSWER:
        raise LeftOut("left out because Qualtrics calls it a preview, a test or spam")


RESPONSES = Shape(
    key="qualtrics.responses",
    label="Qualtrics responses",
    required=(
        any_of("ResponseId", "Response ID"),
        any_of("RecordedDate", "Recorded Date"),
        any_of("StartDate", "Start Date"),
    ),
    hints=any_of(
        "EndDate",
        "Status",
        "IPAddress",
        "Progress",
        "Finished",
        "Duration (in seconds)",
        "RecipientEmail",
        "ExternalReference",
        "DistributionChannel",
        "UserLanguage",
    ),
    fields=named(
        answers__answer_id="ResponseId|Response ID",
        answers__at="RecordedDate|Recorded Date|EndDate|End Date",
        answers__language="UserLanguage|User Language",
        contacts__email="RecipientEmail|Recipient Email|Email",
        contacts__first_name="RecipientFirstName|Recipient First Name",
        contacts__last_name="RecipientLastName|Recipient Last Name",
        customers__name="Company|Account|Organization",
        qualtrics__status="Status",
        skip="Progress|Finished|DistributionChannel|ExternalReference",
    ),
    order=5,
    id_prefix="qualtrics",
    targets=own_targets(_STATUS),
    refine=_response,
    leftovers=meaning,
    is_heading=_is_heading,
)
SHAPES = (RESPONSES,)
