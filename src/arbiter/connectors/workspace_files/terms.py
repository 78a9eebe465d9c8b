"""The terms of an import."""

from dataclasses import dataclass
from datetime import datetime

from arbiter.foundation.journal import Actor


@dataclass(frozen=True)
class Terms:
    """Who imports, when, and as which import."""

    by: Actor
    at: datetime
    import_id: int
