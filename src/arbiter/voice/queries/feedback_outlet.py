"""How feedback, its themes, and addresses that are not written to leave as workspace files."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from arbiter.foundation.outlet import Shape, listed
from arbiter.voice.models import Feedback, Sorting, Suppression, Theme


def _themes(ids: Sequence[int]) -> Mapping[int, str]:
    """The names of the themes a person has confirmed."""
    confirmed = Sorting.objects.filter(feedback__in=ids, is_confirmed=True)
    found = defaultdict(set)
    for feedback, name in confirmed.values_list("feedback_id", "theme__name"):
        found[feedback].add(name)
    return {feedback: listed(sorted(names)) for feedback, names in found.items()}


def _hashes(ids: Sequence[int]) -> Mapping[int, str]:
    """What is left of an address that was erased; of another it is worked out again."""
    erased = Suppression.objects.filter(pk__in=ids, address="")
    return dict(erased.values_list("pk", "address_hash"))


THEMES = Shape(
    file="themes",
    model=Theme,
    columns={
        "theme_id": "key",
        "name": "name",
        "made_at": "made_at",
        "change": "change",
        "changed_at": "changed_at",
        "archived_at": "archived_at",
    },
    identity=("theme_id",),
    optional=frozenset({"archived_at"}),
)

FEEDBACK = Shape(
    file="feedback",
    model=Feedback,
    columns={
        "feedback_id": "key",
        "customer_id": "customer__key",
        "contact_id": "contact__key",
        "at": "at",
        "recorded_at": "recorded_at",
        "text": "text",
        "source": "source",
        "theme": "",
        "goal_id": "goal_key",
        "status": "status",
        "replied_at": "replied_at",
        "answer_id": "answer__key",
        "language": "language",
        "product_area": "product_area",
        "owner_email": "owner__email",
        "due_on": "due_on",
        "ask_id": "ask__key",
        "closed_at": "closed_at",
    },
    identity=("feedback_id",),
    customer="customer_id",
    optional=frozenset(
        {"answer_id", "language", "product_area", "owner_email", "due_on", "ask_id", "closed_at"}
    ),
    texts={"theme": _themes},
)

SUPPRESSIONS = Shape(
    file="suppressions",
    model=Suppression,
    columns={
        "suppression_id": "key",
        "address": "address",
        "address_hash": "",
        "contact_id": "contact__key",
        "scope": "scope",
        "cause": "cause",
        "detail": "detail",
        "at": "at",
        "recorded_at": "recorded_at",
        "lifted_at": "lifted_at",
    },
    identity=("suppression_id",),
    texts={"address_hash": _hashes},
)

SHAPES = (THEMES, FEEDBACK, SUPPRESSIONS)
