"""How workspace files become touchpoints."""

from __future__ import annotations

from collections.abc import Iterator

from arbiter.engagement.models import Touchpoint
from arbiter.engagement.queries.outlet import TOUCHPOINTS
from arbiter.foundation import bulk
from arbiter.foundation.intake import Batch, Intake
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


INTAKES = (
    Intake(
        TOUCHPOINTS,
        frozen=frozenset({"customer_id"}),
        fill={"recorded_at": "at"},
        beside=_write_contacts,
        facts=_touchpoints,
    ),
)
