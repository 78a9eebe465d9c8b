"""How much one request may hold. `docs/api/ingest.md` tells them; a test compares."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MOST_BYTES = 8 * 1024 * 1024
"""Of a body, as it comes and again once it is unpacked. PostHog's clients send up to 5 MiB, the others 500 kB."""

MOST_VALUES = 500_000
"""Of a body: a list of millions of empty things is small on the wire and large in memory."""

MOST_EVENTS = 2_500
"""Of a batch; what comes after them is rejected."""

MOST_EVENT_BYTES = 32 * 1024
LONGEST_NAME = 200
LONGEST_USER = 255
LONGEST_CUSTOMER = 200

LONGEST_MESSAGE_ID = 200
"""A longer one is kept as its hash."""

SAMPLE = 500
"""Characters of a rejected event that are shown."""

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
