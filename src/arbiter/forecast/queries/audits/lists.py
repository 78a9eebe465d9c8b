"""Who stands behind the audit, by name: who left although a number was green, and whom a good score hides today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from arbiter.accounts.queries import contracts, signals
from arbiter.forecast.models import Standing
from arbiter.forecast.queries import memo, standings, surveys
from arbiter.forecast.queries.choices import IntentState
from arbiter.forecast.queries.ids import Ids
from arbiter.voice.queries import answers

if TYPE_CHECKING:
    from arbiter.forecast.models import Audit
    from arbiter.foundation.models import Person

PROMOTER = 9
SATISFIED = 4
"""On a scale of 1 to 5; stands in where nobody gave an NPS."""
MOST = 200
"""So many promoters are looked for; beyond that a list says that there are more."""
ACTIVITY = ("logins_30d", "active_users_30d", "events_30d", "usage_active_users_28d", "active_users", "usage_level", "usage")  # fmt: skip
QUADRANTS = (("active", "happy"), ("active", "unhappy"), ("idle", "happy"), ("idle", "unhappy"))


@dataclass(frozen=True, slots=True)
class Lost:
    """A contract that was lost, and what each number said on the last day before anybody was told."""

    contract_id: int
    customer_id: int
    name: str
    segment: str
    arr: Decimal | None
    currency: str
    lost_on: date
    told_on: date
    reason: str
    numbers: Mapping[str, float]
    answer: str


class Green(NamedTuple):
    """From where on a number looks safe, and in whose middle that lies: "renewed", "today", or empty where told."""

    threshold: float
    middle_of: str


@dataclass(frozen=True, slots=True)
class Gone:
    """Who left although a number was green, the latest first; of how many that had left with the number known."""

    signal: str
    threshold: float
    middle_of: str
    higher: bool
    lost: int
    known: int
    rows: Sequence[Lost]

    @property
    def money(self) -> list[tuple[str, Decimal]]:
        """What they had paid a year, by currency, the most first."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for row in self.rows:
            if row.arr is not None:
                sums[row.currency] += row.arr
        return sorted(sums.items(), key=lambda each: -each[1])


class Promoter(NamedTuple):
    """A customer of today with an NPS of 9 or 10, and its mean."""

    row: Standing
    nps: float


@dataclass(frozen=True, slots=True)
class Promoters:
    """Promoters whose word or whose result is missing, the most urgent first. `more`: the look stopped there."""

    rows: Sequence[Promoter]
    more: bool


@dataclass(frozen=True, slots=True)
class Left:
    """Those who left, by whether they used it and whether they were content, as far as both were known."""

    activity: str
    middle: float | None
    cells: Mapping[tuple[str, str], Sequence[Lost]] = field(default_factory=dict)
    unknown: int = 0

    @property
    def known(self) -> int:
        """Of how many both were known."""
        return sum(map(len, self.cells.values()))


def lost(person: Person, audit: Audit) -> list[Lost]:
    """Every loss of a stored audit at a customer this person may see, the latest first: two queries."""
    losses = {each["contract_id"]: each for each in audit.losses}
    rows = (
        contracts.visible_to(person).filter(pk__in=Ids(losses)).select_related(None).order_by("-pk")
    )
    columns = ("pk", "customer_id", "customer__name", "customer__segment", "arr", "currency")
    ends = ("renewal__decided_on", "ends_on", "renewal__churn_reason")
    found = [_lost(row, losses[row[0]]) for row in rows.values_list(*columns, *ends)]
    return sorted(found, key=lambda each: each.lost_on, reverse=True)


def _lost(row: Sequence[Any], loss: Mapping[str, Any]) -> Lost:
    contract_id, customer_id, name, segment, arr, currency, decided_on, ends_on, reason = row
    return Lost(
        contract_id=contract_id,
        customer_id=customer_id,
        name=name,
        segment=segment,
        arr=arr,
        currency=currency,
        lost_on=decided_on or ends_on,
        told_on=date.fromisoformat(loss["told_on"]),
        reason=reason or "",
        numbers=loss["numbers"],
        answer=loss["answer"],
    )


def green_and_gone(
    found: Sequence[Lost],
    *,
    signal: Mapping[str, Any],
    threshold: float | None = None,
    as_of: datetime,
) -> Gone | None:
    """Who left although a number was on the green side; None where nobody knows what green is.

    Args:
        found: the losses, from `lost`.
        signal: the number, as a stored audit holds it.
        threshold: from where on a colleague says that it is green.
        as_of: the customers of which day are looked at where nobody is on record who renewed.
    """
    green = _green(signal, threshold, as_of)
    if green is None:
        return None
    name, higher = signal["name"], signal["higher_renews"]
    known = [each for each in found if name in each.numbers]
    rows = [each for each in known if is_green(each.numbers[name], green.threshold, higher=higher)]
    return Gone(name, green.threshold, green.middle_of, higher, len(found), len(known), rows)


def _green(signal: Mapping[str, Any], threshold: float | None, as_of: datetime) -> Green | None:
    """From where on a number is green: as a colleague says, else the middle of those who renewed, else of today's.

    Where only losses are on record, as after a list of lost customers alone, nobody renewed who could be the
    middle; then it is the middle of the customers of today, in two queries. None where no such number is known.
    """
    if threshold is not None:
        return Green(threshold, "")
    if signal["green_from"] is not None:
        return Green(signal["green_from"], "renewed")
    key = ("green_of", signal["name"], signal["higher_renews"], as_of.date())
    middle = memo.remember(key, lambda: _middle_of_today(signal, as_of))
    return None if middle is None else Green(middle, "today")


def _middle_of_today(signal: Mapping[str, Any], as_of: datetime) -> float | None:
    running = Standing.objects.filter(archived=False, open_contracts__gt=0)
    ids = Ids(running.order_by("pk").values_list("pk", flat=True))
    told = signals.latest(ids, names=[signal["name"]], as_of=as_of).values()
    values = sorted((each.value for each in told), reverse=not signal["higher_renews"])
    return values[len(values) // 2] if values else None


def is_green(value: float, threshold: float, *, higher: bool) -> bool:
    """Whether a value looks safe: at the threshold or on its better side."""
    return value >= threshold if higher else value <= threshold


def usual_signal(result: Mapping[str, Any]) -> dict[str, Any] | None:
    """The number a company is likely to mean by its score: a health score, else its own first, else NPS."""
    return min(result["signals"], key=_likelihood, default=None)


def _likelihood(signal: Mapping[str, Any]) -> tuple[int, str]:
    name = signal["name"].lower()
    for place, words in enumerate((("health",), ("score",), ("nps",), ("usage", "login"))):
        if any(word in name for word in words):
            return place, name
    return 9, name


def left(found: Iterable[Lost], result: Mapping[str, Any]) -> Left:
    """Those who left, active or not and happy or not.

    Active: the first number of `ACTIVITY` that the audit knows, at or above the middle of those who renewed.
    Happy: an NPS of 9 or 10; where there is none, a CSAT of 4 or more of 5.
    """
    middles = {each["name"]: each["green_from"] for each in result["signals"]}
    activity = next((name for name in ACTIVITY if middles.get(name) is not None), "")
    middle = middles.get(activity)
    cells: dict[tuple[str, str], list[Lost]] = {quadrant: [] for quadrant in QUADRANTS}
    unknown = 0
    for each in found:
        happy = _is_happy(each.numbers)
        if middle is None or activity not in each.numbers or happy is None:
            unknown += 1
            continue
        active = each.numbers[activity] >= middle
        cells["active" if active else "idle", "happy" if happy else "unhappy"].append(each)
    return Left(activity, middle, cells, unknown)


def _is_happy(numbers: Mapping[str, float]) -> bool | None:
    if "nps" in numbers:
        return numbers["nps"] >= PROMOTER
    return numbers["csat"] >= SATISFIED if "csat" in numbers else None


def promoters(person: Person, *, as_of: datetime) -> Promoters:
    """Customers of today who would recommend us, and whose yes or whose confirmed result is missing: three queries.

    What somebody answered and nobody may read yet puts no customer on the list.
    """
    key = ("promoters", memo.scope(person), as_of.date())
    return memo.remember(key, lambda: _promoters(person, as_of))


def _promoters(person: Person, as_of: datetime) -> Promoters:
    rows = list(_praising(_unproven(person), as_of).order_by("-urgency", "pk")[: MOST + 1])
    ids = Ids(row.pk for row in rows)
    scored = surveys.past_of(ids, until=as_of, whole=False)
    imported = signals.past_of(ids, names=("nps",), until=as_of, whole=False)
    found = []
    for row in rows[:MOST]:
        numbers = imported.fresh(row.pk, as_of=as_of, days=surveys.FRESH_DAYS)
        nps = scored.surveyed(row.pk, numbers, as_of=as_of).nps
        if nps is not None and nps >= PROMOTER:
            found.append(Promoter(row, nps))
    return Promoters(found, more=len(rows) > MOST)


def _unproven(person: Person) -> QuerySet[Standing]:
    unsaid = ~Q(intent=IntentState.YES) & Q(sealed=False)
    running = standings.visible_to(person).filter(archived=False, contract_id__isnull=False)
    return running.filter(Q(confirmed=0) | unsaid)


def _praising(found: QuerySet[Standing], as_of: datetime) -> QuerySet[Standing]:
    """Those of whom the newest number of a file, or anybody's answer of the last year, is a promoter's."""
    oldest = as_of - timedelta(days=surveys.FRESH_DAYS)
    told = signals.told_of(OuterRef("pk"), name="nps", as_of=as_of).filter(at__gte=oldest)
    said = answers.known(as_of).filter(
        kind="nps", flagged=False, contact__customer=OuterRef("pk"), at__gte=oldest
    )
    # Written as text, for that is how an answer is kept.
    high = said.filter(value__in=("9", "10", "9.0", "10.0"))
    newest = Subquery(told.values("value")[:1])
    return found.annotate(newest_nps=newest).filter(Q(newest_nps__gte=PROMOTER) | Exists(high))
