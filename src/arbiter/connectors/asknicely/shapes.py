"""How AskNicely exports of responses are recognised and what their rows mean.

One row for each response. Moments may be seconds since 1970, as its interface writes them.
"""

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
        contacts__first_name="First name|Firstname",
        contacts__last_name="Last name|Lastname",
        contacts__title="Job title|Title",
        customers__name="Company|Company name|Customer company|Organization|Organisation|Account|Account name",
        customers__domain="Company domain|Domain|Website",
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
