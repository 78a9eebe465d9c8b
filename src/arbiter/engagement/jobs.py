"""What recurs: whom the rules find, and whoever is due to be asked."""

from datetime import timedelta

from django.utils import timezone

from arbiter.engagement.actions import occasions
from arbiter.engagement.queries import asking_rules
from arbiter.engagement.queries import occasions as known
from arbiter.foundation.jobs import job


def is_any_rule_on() -> bool:
    """Say whether any rule of asking is switched on."""
    return asking_rules.is_any_on()


def is_anybody_due() -> bool:
    """Say whether anybody waits to be asked now."""
    return known.is_any_due(timezone.now())


@job(limit=timedelta(hours=1))
def find_occasions() -> None:
    """Write down whom the rules find."""
    occasions.find_occasions(at=timezone.now())


@job(limit=timedelta(hours=1))
def ask_due() -> None:
    """Ask whoever is due."""
    occasions.ask_due(at=timezone.now())
