"""What a body says, event by event: the good are kept though others beside them are bad.

The worker calls this with what the door took in; the same bytes read twice say the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec import Raw

from arbiter.usage.wire import envelopes, posthog, segment, webhook
from arbiter.usage.wire.event import Reading, Rejected
from arbiter.usage.wire.limits import MOST_EVENT_BYTES, MOST_EVENTS, SAMPLE
from arbiter.usage.wire.refusals import Unfit

Reader = segment.Reader | posthog.Reader
READERS: Mapping[str, type[Reader]] = {
    "segment": segment.Reader,
    "posthog": posthog.Reader,
    "webhook": webhook.Reader,
}
_KEYS = re.compile(r'"(writeKey|api_key|token)"\s*:\s*"[^"]*"')


def read(body: bytes, *, dialect: str, received_at: datetime, group_type: str) -> Reading:
    """Return all that a body says, in the words of a dialect.

    Raises:
        Unreadable: it is no JSON of events at all.
    """
    opened = envelopes.opened(body)
    reading = Reading()
    reader = READERS[dialect](
        opened.envelope, reading, received_at=received_at, group_type=group_type
    )
    for place, item in enumerate(opened.items[:MOST_EVENTS]):
        try:
            _read_one(reader, item, place)
        except Unfit as unfit:
            reading.rejected.append(Rejected(unfit.code, unfit.message, _sample(item)))
    reading.rejected.extend(_left_out(opened.items[MOST_EVENTS:]))
    return reading


def _read_one(reader: Reader, item: Raw, place: int) -> None:
    if len(item) > MOST_EVENT_BYTES:
        raise Unfit("event_too_large", f"The event is larger than {MOST_EVENT_BYTES // 1024} KiB.")
    try:
        reader.read(item, place)
    except msgspec.ValidationError as wrong:
        raise Unfit("wrong_type", f"The event has a wrong type: {wrong}."[:300]) from wrong
    except (msgspec.DecodeError, ValueError) as wrong:
        raise Unfit("wrong_value", "The event holds a value that cannot be read.") from wrong
    except RecursionError as wrong:
        raise Unfit("too_deep", "The event is nested too deep.") from wrong


def _left_out(items: list[Raw]) -> list[Rejected]:
    """One reason for all of them, with the first as the sample."""
    if not items:
        return []
    message = f"A batch holds at most {MOST_EVENTS:,} events; those after them were left out."
    return [Rejected("too_many", message, _sample(items[0]))] * len(items)


def _sample(item: Raw) -> str:
    """Return the beginning of what was sent, without keys."""
    said = bytes(item)[: 4 * SAMPLE].decode(errors="replace")
    return _KEYS.sub(r'"\1": "…"', said)[:SAMPLE]
