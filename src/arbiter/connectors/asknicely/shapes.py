"""How AskNicely exports of responses are recognised and what their rows mean.

One row for each response. Moments may be seconds since 1970, as its interface writes them.
"""

from arbiter.connectors.tables.ratings import RESPONDENT
from arbiter.connectors.tables.shapes import Shape, any_of, named

RESPONSES = Shape(
    key="asknicely.responses",
    label="AskNicely responses",
    required=(
        any_of("Answer", "Score"),
        any_of("Email", "Email address"),
        any_of(
            "Question type",
            "Answer label",
            "Delivery method",
            "Deliverymethod",
            "Lastemailed",
            "Responded",
        ),
    ),
    hints=any_of(
        "Comment",
        "Response ID",
        "Person ID",
        "Contact ID",
        "Sent",
        "Opened",
        "Responded",
        "Segment",
        "Workflow",
        "Survey template",
        "Life cycle",
        "Note",
    ),
    fields=named(
        contacts__email="Email|Email address",
        contacts__name="Name|Full name",
        **RESPONDENT,
        answers__score="Answer|Score",
        answers__kind="Question type|Survey type",
        answers__comment="Comment|Comments",
        answers__at="Responded|Responded at|Response date|Created",
        answers__answer_id="Response ID",
        answers__language="Language",
    ),
    order=5,
    id_prefix="asknicely",
)
SHAPES = (RESPONSES,)
