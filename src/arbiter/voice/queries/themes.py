"""Themes: what is in them, what might be, and how much hangs on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from arbiter.accounts.queries import contracts
from arbiter.voice.models import Feedback, Sorting, Theme
from arbiter.voice.queries import feedback as pieces

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

# Enough to tell what many talk about, and little enough to be counted while somebody waits.
LOOKED_AT = 1_000
HELD_AT_MOST = 2_000


@dataclass(frozen=True)
class Proposal:
    """What some feedback without a theme might be about: words of theirs, and the pieces, the clearest first."""

    words: tuple[str, ...]
    language: str
    feedback: tuple[Feedback, ...]

    @property
    def name(self) -> str:
        """What to call it until a person finds a better name."""
        return ", ".join(self.words[:3])


@dataclass
class Weight:
    """How much hangs on a theme: pieces of feedback, who gave them, the goals they stand in the way of, and the money."""

    theme: Theme
    pieces: int = 0
    open: int = 0
    customers: set[int] = field(default_factory=set)
    goals: set[str] = field(default_factory=set)
    arr: dict[str, Decimal] = field(default_factory=dict)
    unknown_arr: int = 0
    last_at: datetime | None = None


def standing() -> QuerySet[Theme]:
    """Every theme that was not put away, by name."""
    return Theme.objects.filter(archived_at=None).order_by("name", "pk")


def all_of_them() -> QuerySet[Theme]:
    """Every theme, those put away last."""
    return Theme.objects.order_by("archived_at", "name", "pk")


def within(theme: Theme, person: Person) -> QuerySet[Feedback]:
    """What a person confirmed to be in a theme, as far as a reader may see it."""
    own = Sorting.objects.filter(feedback=OuterRef("pk"), theme=theme, is_confirmed=True)
    return pieces.visible_to(person).filter(Exists(own))


def suggested_for(theme: Theme, person: Person) -> QuerySet[Feedback]:
    """What was suggested for a theme and nobody has decided about."""
    open_ = Sorting.objects.filter(feedback=OuterRef("pk"), theme=theme, decided_at=None)
    return pieces.visible_to(person).filter(Exists(open_))


def waiting(person: Person) -> dict[int, int]:
    """How many suggestions wait for a decision, by theme, as far as a reader may see them: one query."""
    seen = pieces.visible_to(person)
    rows = Sorting.objects.filter(decided_at=None, feedback__in=seen.values("pk"))
    return dict(rows.order_by().values_list("theme").annotate(Count("pk")))


def unsorted(person: Person) -> QuerySet[Feedback]:
    """What is in no theme and suggested for none, as far as a reader may see it, the newest first."""
    undecided = Q(decided_at=None) | Q(is_confirmed=True)
    own = Sorting.objects.filter(undecided, feedback=OuterRef("pk"))
    found = pieces.visible_to(person).filter(~Exists(own)).exclude(text="")
    return found.select_related("customer", "contact").order_by("-at", "-pk")


def proposals(found: Iterable[Feedback]) -> list[Proposal]:
    """Return what some feedback might be about, counted from its words on this machine."""
    # Loaded when it is wanted: with it comes SciPy, which few pages need.
    from arbiter.science.themes.finding import find_themes

    rows = list(found)
    themes = find_themes([row.text for row in rows], languages=[row.language for row in rows])
    return [
        Proposal(theme.words, theme.language, tuple(rows[place] for place in theme.members))
        for theme in themes
    ]


def suggestions() -> list[tuple[int, int]]:
    """Return which theme the newest feedback without any is most like: pairs of their ids."""
    from arbiter.science.themes.nearest import nearest_themes

    decided = Sorting.objects.filter(feedback=OuterRef("pk"))
    worded = Feedback.objects.exclude(text="")
    new = worded.filter(~Exists(decided)).order_by("-at", "-pk")[:LOOKED_AT]
    rows = list(new.values_list("pk", "text", "language"))
    known = _held()
    if not rows or not known:
        return []
    told = nearest_themes([text for _, text, _ in rows], known, languages=[row[2] for row in rows])
    pairs = zip(rows, told, strict=True)
    return [(row[0], int(str(nearest.theme))) for row, nearest in pairs if nearest is not None]


def report(person: Person, *, as_of: datetime, days: int | None = None) -> list[Weight]:
    """Return how much hangs on each theme, the most goals in the way first, then the most money: three queries.

    Only feedback that is not done or declined stands in a goal's way. The money is a year's of the terms that run, of each
    customer once; amounts of different currencies are not added up.
    """
    weights = {theme.pk: Weight(theme) for theme in standing()}
    for row in _rows(person, as_of, days):
        theme, customer_id, status, goal_key, at = row
        weight = weights[theme]
        weight.pieces += 1
        weight.open += status in pieces.OPEN
        weight.customers.add(customer_id)
        weight.last_at = max(filter(None, (weight.last_at, at)))
        if goal_key and status in pieces.OPEN:
            weight.goals.add(goal_key)
    _add_money(weights.values(), as_of)
    return sorted(weights.values(), key=_heaviest_first)


def _rows(
    person: Person, as_of: datetime, days: int | None
) -> Iterable[tuple[int, int, str, str, datetime]]:
    seen = pieces.visible_to(person).filter(at__lte=as_of, recorded_at__lte=as_of)
    if days is not None:
        seen = seen.filter(at__gte=as_of - timedelta(days=days))
    rows = Sorting.objects.filter(
        is_confirmed=True, theme__archived_at=None, feedback__in=seen.order_by().values("pk")
    )
    columns = ("feedback__customer_id", "feedback__status", "feedback__goal_key", "feedback__at")
    return rows.values_list("theme_id", *columns).iterator(chunk_size=5_000)


def _add_money(weights: Collection[Weight], as_of: datetime) -> None:
    customers = set().union(*(weight.customers for weight in weights))
    running = contracts.open_of(customers, as_of=as_of)
    amounts: dict[int, dict[str, Decimal]] = {}
    for customer_id, terms in running.items():
        by_currency: dict[str, Decimal] = defaultdict(Decimal)
        for term in terms:
            if term.arr is not None:
                by_currency[term.currency] += term.arr
        amounts[customer_id] = by_currency
    for weight in weights:
        total: dict[str, Decimal] = defaultdict(Decimal)
        for customer_id in weight.customers:
            known = amounts.get(customer_id, {})
            weight.unknown_arr += not known
            for currency, amount in known.items():
                total[currency] += amount
        weight.arr = dict(total)


def _heaviest_first(weight: Weight) -> tuple[int, Decimal, int, str]:
    return (
        -len(weight.goals),
        -max(weight.arr.values(), default=Decimal(0)),
        -len(weight.customers),
        weight.theme.name,
    )


def _held() -> dict[int, list[str]]:
    """The words of what persons have put into each theme, the newest of them."""
    confirmed = Sorting.objects.filter(is_confirmed=True, theme__archived_at=None)
    newest = confirmed.exclude(feedback__text="").order_by("-feedback__at")[:HELD_AT_MOST]
    found: dict[int, list[str]] = defaultdict(list)
    for theme, text in newest.values_list("theme_id", "feedback__text"):
        found[theme].append(text)
    return dict(found)
