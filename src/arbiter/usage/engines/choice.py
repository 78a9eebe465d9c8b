"""Which engine counts here."""

from __future__ import annotations

from django.conf import settings

from arbiter.usage.engines import address
from arbiter.usage.engines.engine import Engine


def configured() -> Engine:
    """Return the engine that the settings name, not yet open."""
    match address.place(settings.EVENT_ENGINE):
        case "embedded":
            from arbiter.usage.engines.embedded import Embedded

            return Embedded()
        case "cluster":
            from arbiter.usage.engines.cluster import Spark

            return Spark(settings.EVENT_ENGINE)
        case "warehouse":
            from arbiter.usage.engines.warehouse import Warehouse

            return Warehouse(
                settings.EVENT_ENGINE, table=settings.EVENT_TABLE, columns=settings.EVENT_COLUMNS
            )
