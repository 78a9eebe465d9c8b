"""How Retently exports of responses are recognised and what their rows mean.

One row for each piece of feedback; `Metric` says what its campaign asks.
"""

from arbiter.connectors.tables.ratings import RESPONDENT
from arbiter.connectors.tables.shapes import Shape, any_of, named

RESPONSES = Shape(
    key="retently.responses",
    label="Retently responses",
    required=(
        any_of("Score", "Rating"),
        any_of("Email", "Customer email", "Email address"),
        any_of("Campaign", "Campaign name", "Campaign ID", "Survey template", "Template"),
    ),
    hints=any_of(
        "Feedback",
        "Comment",
        "Metric",
        "Channel",
        "Tags",
        "Company",
        "Rating category",
        "Created date",
        "Response date",
        "Status",
    ),
    fields=named(
        contacts__email="Email|Customer email|Email address",
        contacts__name="Name|Full name|Customer name",
        **RESPONDENT,
        answers__score="Score|Rating",
        answers__kind="Metric|Metrics|Metric type|Survey metric",
        answers__comment="Feedback|Comment|Comments|Additional feedback",
        answers__at="Created date|Response date|Responded at|Date|Created at",
        answers__answer_id="ID|Feedback ID|Response ID",
        answers__language="Language",
    ),
    order=5,
    id_prefix="retently",
)
SHAPES = (RESPONSES,)
