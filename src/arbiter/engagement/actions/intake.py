"""How workspace files become touchpoints, promises and rules of asking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from arbiter.engagement.models import Touchpoint
from arbiter.engagement.queries.outlet import (
    ASKING_RULES,
    DIGESTS,
    OCCASIONS,
    PROMISES,
    TOUCHPOINTS,
)
from arbiter.engagement.rules import asking
from arbiter.foundation import bulk
from arbiter.foundation.intake import Batch, Intake, moment
from arbiter.foundation.journal import Line


def _write_contacts(batch: Batch) -> None:
    """Write who was there; a changed list takes the old one's place."""
    present = Touchpoint.contacts.through
    if batch.before:
        present.objects.filter(touchpoint_id__in=batch.ids).delete()
    pairs = [
        (touchpoint, contact)
        for touchpoint, contacts in zip(batch.ids, batch.lists["contact_ids"], strict=True)
        for contact in contacts
    ]
    if pairs:
        touchpoints, contacts = zip(*pairs, strict=True)
        ids = bulk.reserve(present, len(pairs))
        bulk.insert(present, {"id": ids, "touchpoint_id": touchpoints, "contact_id": contacts})


def _touchpoints(batch: Batch) -> Iterator[Line]:
    if batch.before:
        return
    kinds, values = batch.column("kind"), batch.column("value_conversation")
    for place in range(len(batch)):
        at, recorded_at = batch.moments(place)
        yield batch.line(
            place, "engagement.touchpoint_logged", "engagement.touchpoint", at=at, recorded_at=recorded_at,
            told={
                "kind": kinds[place],
                "value_conversation": values[place] == "true",
                "contacts": sorted(batch.lists["contact_ids"][place]),
            },
        )  # fmt: skip


def fault_of_rule(when: Mapping[str, Any], whom: Mapping[str, Any]) -> tuple[str, str]:
    """Return the column and, in a sentence, why a rule cannot work; two empty texts when it can."""
    try:
        waits = asking.read_when(when)
    except (TypeError, ValueError, AttributeError):
        triggers = ", ".join(asking.Trigger)
        return "when", f"it waits for nothing known. Give “on” as one of {triggers}."
    try:
        asking.read_whom(whom)
    except (TypeError, ValueError, AttributeError):
        return "whom", "it cannot be read. Leave it empty for everybody."
    _, reason = asking.fault_of(waits)
    return ("when", reason) if reason else ("", "")


def _promises(batch: Batch) -> Iterator[Line]:
    contacts = batch.ref("contact_id")
    for place in range(len(batch)):
        told = {"contact": contacts[place]}
        if not batch.before:
            at, recorded_at = batch.moments(place)
            yield batch.line(
                place, "engagement.promise_made", "engagement.promise",
                at=at, recorded_at=recorded_at, told=told,
            )  # fmt: skip
        for name in ("kept", "broken"):
            if batch.is_news(place, f"{name}_at"):
                at = moment(batch.column(f"{name}_at")[place])
                yield batch.line(
                    place, f"engagement.promise_{name}", "engagement.promise", at=at, told=told
                )


INTAKES = (
    Intake(
        TOUCHPOINTS,
        frozen=frozenset({"customer_id"}),
        fill={"recorded_at": "at"},
        beside=_write_contacts,
        facts=_touchpoints,
    ),
    Intake(ASKING_RULES),
    Intake(
        PROMISES,
        frozen=frozenset({"customer_id"}),
        fill={"recorded_at": "at"},
        facts=_promises,
    ),
    Intake(OCCASIONS, frozen=frozenset({"contact_id", "rule_id"})),
    Intake(DIGESTS, frozen=frozenset({"person_email", "made_at"})),
)
