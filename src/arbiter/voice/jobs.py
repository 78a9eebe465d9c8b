"""What recurs."""

from django.utils import timezone

from arbiter.foundation.jobs import job
from arbiter.voice.actions import codes


@job()
def forget_codes() -> None:
    """Delete the codes that no longer work."""
    codes.forget(at=timezone.now())
