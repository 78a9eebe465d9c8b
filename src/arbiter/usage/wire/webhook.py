"""What Segment's Webhooks destination passes on: events one by one, and requests to forget a user."""

from __future__ import annotations

import msgspec
from msgspec import Raw, Struct, field

from arbiter.usage.wire import ids, segment, times
from arbiter.usage.wire.event import Erasure
from arbiter.usage.wire.ids import Id
from arbiter.usage.wire.refusals import Unfit
from arbiter.usage.wire.times import When


class _Delete(Struct, frozen=True, gc=False):
    type: str | None = None
    user_id: Id = field(name="userId", default=None)
    received_at: When = field(name="receivedAt", default=None)


_DELETE = msgspec.json.Decoder(_Delete)


class Reader(segment.Reader):
    """Reads as of Segment, whose clock put the times right, and understands what a public key may not say."""

    says_corrected = True

    def read(self, raw: Raw, place: int) -> None:
        """Add one event or one request to forget.

        Raises:
            Unfit: it cannot be taken.
        """
        said = _DELETE.decode(raw)
        if said.type != "delete":
            super().read(raw, place)
            return
        user = ids.user(said.user_id)
        if user is None:
            raise Unfit("no_id", "A request to forget needs a userId.")
        at = times.moment_if_any(said.received_at) or self.received_at
        self.reading.erasures.append(Erasure(user, min(at, self.received_at)))
