"""How Typeform exports are recognised and what their rows mean.

The columns between `#` and the dates are called as the questions read. Unfinished responses keep what they say.
"""

from arbiter.connectors.tables.shapes import Shape, any_of, named
from arbiter.connectors.tables.survey_headers import meaning

RESPONSES = Shape(
    key="typeform.responses",
    label="Typeform responses",
    required=(
        any_of("#"),
        any_of("Submit Date (UTC)", "Submit Date", "Submitted At"),
        any_of("Network ID", "Response Type", "Start Date (UTC)", "Start Date", "Tags"),
    ),
    hints=any_of(
        "Response Type",
        "Stage Date (UTC)",
        "Start Date (UTC)",
        "Tags",
        "Ending",
    ),
    fields=named(
        answers__answer_id="#",
        answers__at="Submit Date (UTC)|Submit Date|Submitted At|Stage Date (UTC)|Start Date (UTC)|Start Date",
        contacts__email="Email|email address|user email",
        contacts__name="Name|Full name",
        customers__name="Company|Company name|Organization|Account",
        skip="Response Type|Network ID|Tags|Ending",
    ),
    order=5,
    id_prefix="typeform",
    leftovers=meaning,
)
SHAPES = (RESPONSES,)
