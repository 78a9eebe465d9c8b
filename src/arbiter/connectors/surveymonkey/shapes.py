"""How SurveyMonkey exports are recognised and what their rows mean.

Two header rows: under the questions stands what is answered there, a choice or `Open-Ended Response`.
"""

from arbiter.connectors.tables.reading import Row
from arbiter.connectors.tables.shapes import Shape, any_of, named
from arbiter.connectors.tables.survey_headers import meaning

_ANSWERED_THERE = ("response", "open-ended response")


def _is_heading(row: Row) -> bool:
    """The second header: nobody's row, for it has no respondent, and says what is answered in each column."""
    return not row.cells[0].strip() and any(
        cell.strip().casefold() in _ANSWERED_THERE for cell in row.cells
    )


RESPONSES = Shape(
    key="surveymonkey.responses",
    label="SurveyMonkey responses",
    required=(
        any_of("Respondent ID", "RespondentID"),
        any_of("Collector ID", "CollectorID"),
        any_of("Start Date", "StartDate", "Date Created", "DateCreated"),
    ),
    hints=any_of(
        "End Date",
        "Date Modified",
        "IP Address",
        "Email Address",
        "First Name",
        "Last Name",
        "Custom Data 1",
    ),
    fields=named(
        answers__answer_id="Respondent ID|RespondentID",
        answers__at="End Date|EndDate|Date Modified|DateModified|Start Date|Date Created",
        contacts__email="Email Address|EmailAddress|Email",
        contacts__first_name="First Name|FirstName",
        contacts__last_name="Last Name|LastName",
        customers__name="Company|Company Name|Organization",
    ),
    order=5,
    id_prefix="surveymonkey",
    leftovers=meaning,
    is_heading=_is_heading,
)
SHAPES = (RESPONSES,)
