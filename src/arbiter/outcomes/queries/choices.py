"""The words a form may offer, for faces that know no models."""

from arbiter.outcomes.models import Category
from arbiter.outcomes.models.goal import WhoseWords
from arbiter.outcomes.models.milestone import Side
from arbiter.outcomes.models.result import Provenance
from arbiter.outcomes.models.revision import Direction
from arbiter.outcomes.models.verdict import Helped, Judgement, Knows

__all__ = [
    "Direction",
    "Helped",
    "Judgement",
    "Knows",
    "Provenance",
    "Side",
    "WhoseWords",
    "categories",
]


def categories() -> list[tuple[str, str]]:
    """The kinds of goal as (slug, label): the usual eight and the company's own."""
    return list(Category.objects.order_by("position", "pk").values_list("slug", "label"))
