"""What rules of asking can wait for, for forms and pages."""

from arbiter.engagement.rules.asking import (
    LABELS,
    Trigger,
    When,
    Whom,
    read_when,
    read_whom,
    said,
)

__all__ = ["LABELS", "Trigger", "When", "Whom", "read_when", "read_whom", "said"]
