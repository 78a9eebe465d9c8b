"""What runs by itself: the results that usage feeds, and the steps it finds done."""

from datetime import timedelta

from django.utils import timezone

from arbiter.foundation.jobs import job
from arbiter.outcomes.actions import feeds, measured_milestones
from arbiter.outcomes.queries import measured_milestones as found


@job(limit=timedelta(hours=1))
def report_usage() -> None:
    """Report what usage says of the goals that it feeds, for the months that are over."""
    feeds.report(at=timezone.now())


def is_milestone_found() -> bool:
    """Say whether usage found a step done that is not."""
    return found.any_found(timezone.now())


@job(limit=timedelta(hours=1))
def finish_milestones() -> None:
    """Finish the steps whose set of behaviours their customer has completed."""
    measured_milestones.finish(at=timezone.now())
