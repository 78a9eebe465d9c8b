"""How workspace files become lawful grounds, and how long words are kept."""

from __future__ import annotations

from collections.abc import Iterator

from arbiter.accounts.queries.privacy_outlet import LAWFUL_BASES, RETENTION
from arbiter.foundation.intake import Batch, Intake
from arbiter.foundation.journal import Line
from arbiter.foundation.roles import Permission


def _bases(batch: Batch) -> Iterator[Line]:
    if batch.before:
        return
    contacts, purposes, bases = batch.ref("contact_id"), batch.column("purpose"), batch.column("basis")  # fmt: skip
    for place in range(len(batch)):
        at, recorded_at = batch.moments(place)
        yield batch.line(
            place, "accounts.basis_stated", "accounts.contact", at=at, recorded_at=recorded_at,
            subject=contacts[place], told={"purpose": purposes[place], "basis": bases[place]},
        )  # fmt: skip


INTAKES = (
    Intake(
        LAWFUL_BASES,
        frozen=frozenset(LAWFUL_BASES.columns),
        fill={"recorded_at": "at"},
        facts=_bases,
    ),
    Intake(RETENTION, demands=Permission.MANAGE_SETTINGS),
)
