"""How Delighted exports of responses are recognised and what their rows mean.

One row for each response; `Survey type` says whether the score is of NPS, CSAT or CES.
"""

from arbiter.connectors.tables.ratings import RESPONDENT
from arbiter.connectors.tables.shapes import Shape, any_of, named

RESPONSES = Shape(
    key="delighted.responses",
    label="Delighted responses",
    required=(
        any_of("Score"),
        any_of("Email", "Person email"),
        any_of("Survey type", "Permalink", "Person ID", "Delighted source"),
    ),
    hints=any_of(
        "Comment",
        "Response ID",
        "Created at",
        "Updated at",
        "Notes",
        "Tags",
        "Person name",
        "Survey type",
        "Permalink",
    ),
    fields=named(
        contacts__email="Email|Person email",
        contacts__name="Name|Person name",
        **RESPONDENT,
        answers__score="Score",
        answers__kind="Survey type",
        answers__comment="Comment",
        answers__at="Created at|Responded at|Response date|Date|Updated at",
        answers__answer_id="Response ID|ID|Permalink",
        answers__language="Locale|Language",
    ),
    order=5,
    id_prefix="delighted",
)
SHAPES = (RESPONSES,)
