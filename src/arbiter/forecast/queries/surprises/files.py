"""What was known the day before notice: told from the facts recorded by then, stored once, and never again.

A fact that was recorded later, or was not true yet, is in no file, by the same code that looks back for the
backtest. What was stored stays as it is, whatever is learnt afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from arbiter.accounts import permissions as accounts
from arbiter.accounts.queries import contracts
from arbiter.accounts.queries.choices import Decision
from arbiter.engagement.queries import touchpoints
from arbiter.forecast import rules
from arbiter.forecast.models import Belief, Forecast, FrozenFile
from arbiter.forecast.queries import forecasts, histories, past, snapshot, told
from arbiter.forecast.queries.ids import Ids
from arbiter.forecast.queries.open_contracts import OpenContract
from arbiter.forecast.queries.past import TABLE_SIGNALS, Past
from arbiter.forecast.queries.snapshot import batched
from arbiter.forecast.queries.surprises.losses import Lost
from arbiter.foundation import garbage

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from arbiter.foundation.models import Person
    from arbiter.outcomes.queries.attainment import Attainment, GoalAttainment

CHUNK = 500
Key = tuple[int, datetime]


def visible_to(person: Person) -> QuerySet[FrozenFile]:
    """Every file this person may read."""
    return FrozenFile.objects.filter(
        accounts.within_reach(person, via="contract__customer__")
    ).select_related("contract", "contract__customer")


def of(found: Sequence[Lost]) -> dict[int, FrozenFile]:
    """The stored file of each loss by contract, without its content; absent where none is stored: one query."""
    wanted = {(each.contract_id, each.eve) for each in found}
    rows = FrozenFile.objects.filter(contract__in=Ids(each.contract_id for each in found))
    return {row.contract_id: row for row in rows.defer("content") if _key(row) in wanted}


def are_missing(as_of: datetime) -> bool:
    """Say whether any contract was lost of which nothing is stored: one cheap query."""
    there = FrozenFile.objects.filter(contract=OuterRef("contract"))
    lost = contracts.decided_by(as_of).filter(decision=Decision.CHURNED)
    return lost.filter(~Exists(there)).exists()


def missing(found: Sequence[Lost]) -> list[Lost]:
    """The losses whose file is not stored yet: one query."""
    stored = of(found)
    return [each for each in found if each.contract_id not in stored]


def known_of(
    found: Sequence[Lost], *, at: datetime, most: int | None = None
) -> dict[int, FrozenFile]:
    """The file of each loss by contract: the stored one, or what would be stored now, of so many at most."""
    stored = of(found)
    rest = [each for each in found if each.contract_id not in stored]
    return stored | {each.contract_id: each for each in build(rest[:most], at=at)}


@garbage.kept()
def build(found: Sequence[Lost], *, at: datetime) -> list[FrozenFile]:
    """Put together the file of each loss, not yet stored: some dozen queries per five hundred, and one for each.

    Args:
        found: the losses.
        at: the moment at which they are put together; nothing in them depends on it.
    """
    return [file for chunk in batched(found, CHUNK) for file in _build(chunk, at)]


def _build(found: Sequence[Lost], at: datetime) -> Iterator[FrozenFile]:
    latest = max(each.eve for each in found)
    names = histories.own_signals(latest)
    on_file = past.read(
        Ids(sorted({each.customer_id for each in found})),
        until=latest,
        whole=True,
        signal_names=(*TABLE_SIGNALS, *names),
    )
    believed = _beliefs(found)
    # The last one stored before notice.
    forecast = forecasts.last_until({each.contract_id: each.eve for each in found})
    for each in found:
        yield _file(each, on_file, believed[each.contract_id], forecast.get(each.contract_id), at)


def _file(
    lost: Lost, on_file: Past, believed: Sequence[Belief], made: Forecast | None, at: datetime
) -> FrozenFile:
    known_then = [each for each in believed if each.at <= lost.eve and each.recorded_at <= lost.eve]
    last = known_then[-1] if known_then else None
    seen = _content(lost, on_file)
    content = seen | {
        "beliefs": [_belief(each) for each in reversed(known_then)],
        "forecast": _forecast(made) if made else None,
    }
    return FrozenFile(
        contract_id=lost.contract_id,
        as_of=lost.eve,
        made_at=at,
        belief=float(last.probability) if last else None,
        belief_at=last.at if last else None,
        forecast=made.probability if made else None,
        forecast_at=made.as_of if made else None,
        answer=seen["intent"],
        content=content,
        fingerprint=rules.fingerprint_of(content),
    )


def _content(lost: Lost, on_file: Past) -> dict[str, Any]:
    then = lost.eve
    seen = snapshot.look_back(on_file, lost.customer_id, as_of=then)
    intent = told.intent(seen.intent_of(lost.customer_id))
    talked = touchpoints.last_value_conversation([lost.customer_id], as_of=then)
    heard = [person["at"] for person in intent["people"] if person["at"]]
    return {
        "contract": _contract(lost),
        "intent": intent["intent"],
        "people": intent["people"],
        "only_friendly": intent["only_friendly"],
        "silent_decision_maker": intent["silent_decision_maker"],
        "answered_at": max(heard, default=None),
        "goals": [_goal(each) for each in _goals(seen.attainments.get(lost.customer_id))],
        "value_conversation_at": _text(talked.get(lost.customer_id)),
        "signals": dict(sorted(on_file.signals(lost.customer_id, as_of=then).items())),
        "inputs": snapshot.inputs_of(snapshot.known(_as_open(lost), seen)),
    }


def _contract(lost: Lost) -> dict[str, Any]:
    return {
        "key": lost.contract_key,
        "starts_on": lost.starts_on.isoformat(),
        "ends_on": lost.ends_on.isoformat(),
        "arr": None if lost.arr is None else str(lost.arr),
        "currency": lost.currency,
        "notice_on": lost.notice_on.isoformat(),
    }


def _goals(found: Attainment | None) -> Iterable[GoalAttainment]:
    return found.goals if found else ()


def _goal(found: GoalAttainment) -> dict[str, Any]:
    verdict = found.verdict
    return told.goal(found) | {
        "reached": found.reached,
        "due": found.due,
        "disputed": found.disputed,
        "achieved_not_known": found.achieved_not_known,
        "stated_by": found.goal.stated_by_name or "",
        "verdict_words": verdict.comment if verdict else "",
        "result_at": _text(found.result.at if found.result else None),
    }


def _as_open(lost: Lost) -> OpenContract:
    return OpenContract(
        id=lost.contract_id,
        key=lost.contract_key,
        customer_id=lost.customer_id,
        customer_key=lost.customer_key,
        segment=lost.segment,
        customer_since=lost.customer_since,
        starts_on=lost.starts_on,
        ends_on=lost.ends_on,
        arr=lost.arr,
        currency=lost.currency,
    )


def _beliefs(found: Sequence[Lost]) -> Mapping[int, list[Belief]]:
    rows = Belief.objects.filter(contract__in=Ids(each.contract_id for each in found))
    by_contract: dict[int, list[Belief]] = defaultdict(list)
    for belief in rows.select_related("by").order_by("at", "pk"):
        by_contract[belief.contract_id].append(belief)
    return by_contract


def _belief(belief: Belief) -> dict[str, Any]:
    return {
        "probability": float(belief.probability),
        "reason": belief.reason,
        "by": belief.by.get_full_name() if belief.by else "",
        "at": belief.at.isoformat(),
    }


def _forecast(made: Forecast) -> dict[str, Any]:
    return {
        "probability": made.probability,
        "low": made.low,
        "high": made.high,
        "as_of": made.as_of.isoformat(),
        "method": made.method,
        "reasons": made.reasons,
    }


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _key(row: FrozenFile) -> Key:
    return row.contract_id, row.as_of
