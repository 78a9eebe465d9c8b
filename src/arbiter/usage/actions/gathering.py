"""What the parcels of a flush say: rows for the log, and the rest, summed up."""

from __future__ import annotations

import gzip
import logging
import zlib
from dataclasses import dataclass, field
from datetime import datetime

from arbiter.usage.log.rows import Rows
from arbiter.usage.models import Flush, Parcel, Source
from arbiter.usage.wire import buyers, reading
from arbiter.usage.wire.event import Erasure, Reading, Rejected, Traits
from arbiter.usage.wire.refusals import Unreadable

logger = logging.getLogger(__name__)

PARCELS_AT_ONCE = 100
Pair = tuple[str, str]


@dataclass
class Reason:
    """Why events of a source were not taken: how often, when, and the last of them."""

    sample: str
    times: int
    first_at: datetime
    last_at: datetime


@dataclass
class Gathered:
    """All that the parcels of a flush say."""

    rows: Rows = field(default_factory=Rows)
    belongs: dict[Pair, datetime] = field(default_factory=dict)
    same: dict[Pair, datetime] = field(default_factory=dict)
    reasons: dict[tuple[int, str, str], Reason] = field(default_factory=dict)
    heard: dict[int, datetime] = field(default_factory=dict)
    traits: list[tuple[Source, list[Traits]]] = field(default_factory=list)
    erasures: list[Erasure] = field(default_factory=list)
    parcels: int = 0
    events: int = 0

    def add(self, source: Source, received_at: datetime, said: Reading) -> None:
        """Add what one body says."""
        self.parcels += 1
        self.events += len(said.events)
        self.rows.add(source.pk, said.events)
        for each in said.belongs:
            _earliest(self.belongs, (each.user_id, each.customer_id), received_at)
        for link in said.same:
            _earliest(self.same, (link.user_id, link.other_id), received_at)
        for rejected in said.rejected:
            self.reject(source.pk, received_at, rejected)
        if said.traits:
            self.traits.append((source, said.traits))
        self.erasures += said.erasures
        self.heard[source.pk] = max(received_at, self.heard.get(source.pk, received_at))

    def reject(self, source: int, at: datetime, rejected: Rejected) -> None:
        """Add what could not be taken, with what was refused for the same reason."""
        why = (source, rejected.code[:60], rejected.message[:300])
        known = self.reasons.get(why)
        if known is None:
            self.reasons[why] = Reason(rejected.sample, 1, at, at)
        else:
            known.times += 1
            known.sample, known.last_at = rejected.sample, max(known.last_at, at)


def gather(flush: Flush) -> Gathered:
    """Read the parcels of a flush, in the order they came. One that cannot be read is a rejection."""
    found = Gathered()
    sources = Source.objects.in_bulk()
    parcels = Parcel.objects.filter(flush=flush).order_by("pk")
    columns = parcels.values_list("source_id", "dialect", "received_at", "body")
    for pk, dialect, received_at, body in columns.iterator(chunk_size=PARCELS_AT_ONCE):
        source = sources[pk]
        found.add(source, received_at, _read(source, dialect, received_at, bytes(body)))
    return found


def _read(source: Source, dialect: str, received_at: datetime, body: bytes) -> Reading:
    try:
        said = reading.read(
            gzip.decompress(body),
            dialect=dialect,
            received_at=received_at,
            group_type=source.group_type,
        )
        return buyers.told(said) if source.users_are_customers else said
    except Unreadable as trouble:
        return _all_rejected(trouble.code, trouble.message, body)
    except Exception:
        # What we did not foresee in one body must not hold up all that comes after it.
        logger.exception("A parcel of source %s cannot be read.", source.pk)
        return _all_rejected("unreadable", "The body could not be read.", body)


def _all_rejected(code: str, message: str, body: bytes) -> Reading:
    return Reading(rejected=[Rejected(code, message, _beginning(body))])


def _beginning(body: bytes) -> str:
    try:
        text = zlib.decompressobj(31).decompress(body, 500)
    except zlib.error:
        text = body[:500]
    return text.decode(errors="replace").replace("\0", "\ufffd")


def _earliest(known: dict[Pair, datetime], pair: Pair, at: datetime) -> None:
    if known.setdefault(pair, at) > at:
        known[pair] = at
