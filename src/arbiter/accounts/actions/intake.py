"""How workspace files become accounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Field

from arbiter.accounts import rules
from arbiter.accounts.actions import privacy_intake
from arbiter.accounts.models import Renewal
from arbiter.accounts.models.contract import Decision
from arbiter.accounts.queries.outlet import CONTACTS, CONTRACTS, CUSTOMERS, SIGNALS
from arbiter.foundation import bulk
from arbiter.foundation.intake import Batch, Intake, moment
from arbiter.foundation.journal import Line

# Column of the file by field of the renewal; a loss has all of them, another decision only the first.
_OF_ANY = {"decision": "decision", "decided_on": "decided_on", "new_arr": "new_arr"}
_OF_A_LOSS = {
    "churn_reason": "churn_reason",
    "churn_cause": "churn_cause",
    "avoidable": "avoidable",
    "evidence": "churn_evidence",
}


def _write_renewals(batch: Batch) -> None:
    """Write the decision beside each contract that has one; a changed one is changed where it stands."""
    decided = [place for place, said in enumerate(batch.column("decision")) if said]
    there: set[int] = set()
    if batch.before:
        renewals = Renewal.objects.filter(contract_id__in=batch.ids)
        renewals.exclude(contract_id__in=[batch.ids[place] for place in decided]).delete()
        there = set(renewals.values_list("contract_id", flat=True))
    columns, contracts = _renewals(batch, [place for place in decided if batch.ids[place] in there])
    if contracts:
        bulk.update(Renewal, columns, contracts, by="contract_id")
    columns, contracts = _renewals(
        batch, [place for place in decided if batch.ids[place] not in there]
    )
    if contracts:
        ids = bulk.reserve(Renewal, len(contracts))
        came = [batch.import_id] * len(contracts)
        bulk.insert(Renewal, {**columns, "contract_id": contracts, "id": ids, "import_id": came})


def _renewals(batch: Batch, places: Sequence[int]) -> tuple[dict[str, Sequence[object]], list[int]]:
    """Return the columns of some renewals, and their contracts."""
    columns: dict[str, Sequence[object]] = {}
    for name, column in (_OF_ANY | _OF_A_LOSS).items():
        texts = batch.column(column)
        columns[name] = bulk.stored(_field(name), [texts[place] for place in places])
    columns["recorded_at"] = bulk.stored(_field("recorded_at"), _known_at(batch, places))
    columns["recorded_by_id"] = [batch.ref("by_email")[place] for place in places]
    return columns, [batch.ids[place] for place in places]


def _field(name: str) -> Field[Any, Any]:
    return Renewal._meta.get_field(name)  # type: ignore[return-value]


def _known_at(batch: Batch, places: Sequence[int]) -> list[str]:
    """When decisions became known: as told, else the day they were made, else the end of the term or today."""
    told, decided_on = batch.column("recorded_at"), batch.column("decided_on")
    ends_on, today = batch.column("ends_on"), rules.day(batch.at).isoformat()
    return [
        told[place] or f"{decided_on[place] or min(ends_on[place], today)}T00:00:00Z"
        for place in places
    ]


def _empty_what_only_a_loss_has(row: dict[str, str]) -> None:
    if row["decision"] != Decision.CHURNED:
        row.update(dict.fromkeys(_OF_A_LOSS.values(), ""))
    if not row["decision"]:
        row.update(dict.fromkeys((*_OF_ANY.values(), "recorded_at", "by_email"), ""))


def _decisions(batch: Batch) -> Iterator[Line]:
    places = [place for place in range(len(batch)) if batch.is_news(place, "decision")]
    decisions, causes = batch.column("decision"), batch.column("churn_cause")
    decided_on = batch.column("decided_on")
    for place, told in zip(places, _known_at(batch, places), strict=True):
        known = moment(told)
        details = {"decision": decisions[place]}
        if decisions[place] == Decision.CHURNED:
            details["cause"] = causes[place]
        at = rules.when(_day(decided_on[place]), known)
        yield batch.line(
            place,
            "accounts.renewal_decided",
            "accounts.contract",
            at=at,
            recorded_at=known,
            told=details,
        )


def _contracts(batch: Batch) -> Iterator[Line]:
    yield from _decisions(batch)
    yield from _changed_terms(batch)


def _changed_terms(batch: Batch) -> Iterator[Line]:
    """A term on file of which a file says other seats or another plan: as if it was edited on its page."""
    if not batch.before:
        return
    for place in range(len(batch)):
        moved = [name for name in ("seats", "plan") if batch.is_news(place, name)]
        if moved:
            told = {name: _both(batch, place, name) for name in moved}
            yield batch.line(
                place, "accounts.contract_edited", "accounts.contract",
                at=batch.at, told={"fields": moved, **told},
            )  # fmt: skip


def _both(batch: Batch, place: int, name: str) -> list[Any]:
    texts = (batch.before[name][place], batch.column(name)[place])
    return [(int(text) if text else None) if name == "seats" else text for text in texts]


def _moves(batch: Batch) -> Iterator[Line]:
    """A customer on file that a file puts into another stage."""
    if not batch.before:
        return
    for place in range(len(batch)):
        if batch.before["stage"][place] and batch.is_news(place, "stage"):
            yield batch.line(
                place, "accounts.customer_edited", "accounts.customer",
                at=batch.at, told={"fields": ["stage"]},
            )  # fmt: skip


def _departures(batch: Batch) -> Iterator[Line]:
    for place in range(len(batch)):
        if not batch.is_news(place, "left_on"):
            continue
        left_on = date.fromisoformat(batch.column("left_on")[place])
        at = datetime.combine(left_on, time(12), UTC)
        yield batch.line(
            place, "accounts.contact_left", "accounts.contact",
            at=at, recorded_at=max(at, batch.at), told={"left_on": left_on, "role": batch.column("role")[place] or "other"},
        )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


INTAKES = (
    Intake(CUSTOMERS, late=frozenset({"parent_id"}), facts=_moves),
    Intake(CONTACTS, frozen=frozenset({"customer_id"}), facts=_departures),
    Intake(
        CONTRACTS,
        frozen=frozenset({"customer_id"}),
        beside=_write_renewals,
        merged=_empty_what_only_a_loss_has,
        facts=_contracts,
    ),
    Intake(SIGNALS, frozen=frozenset({"customer_id"}), fill={"recorded_at": "at"}),
    *privacy_intake.INTAKES,
)
