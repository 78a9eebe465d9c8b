"""What runs by itself: standings after facts, and everything once a night."""

from datetime import timedelta

from django.utils import timezone

from arbiter.forecast.actions import anchors, audits, backtests, frozen_files, standings
from arbiter.forecast.models import StaleCustomer
from arbiter.forecast.queries.audits import runs
from arbiter.forecast.queries.backtests import stored
from arbiter.forecast.queries.surprises import files
from arbiter.foundation.jobs import job


def has_stale() -> bool:
    """Say whether any customer's standing waits to be written."""
    return StaleCustomer.objects.exists()


@job()
def refresh_stale() -> None:
    """Write where the customers stand about whom a fact was recorded."""
    standings.refresh_stale(as_of=timezone.now())


def has_unfrozen() -> bool:
    """Say whether a loss is on record of which nothing is stored yet."""
    return files.are_missing(timezone.now())


@job(limit=timedelta(hours=2))
def freeze_losses() -> None:
    """Store what was known the day before notice of every loss that lacks it."""
    frozen_files.freeze_missing(as_of=timezone.now())


@job(limit=timedelta(hours=2))
def rebuild() -> None:
    """Anchor the base rate on today's contracts and write where everybody stands."""
    now = timezone.now()
    anchors.set_anew(as_of=now)
    standings.rebuild(as_of=now)


def is_backtest_wanted() -> bool:
    """Say whether so much was decided that the forecasts of past renewals are judged at once."""
    return stored.is_wanted(timezone.now())


@job(limit=timedelta(hours=2))
def backtest() -> None:
    """Judge the forecasts of past renewals, once a week in which anything was decided."""
    backtests.make_where_due(as_of=timezone.now())


def is_audit_wanted() -> bool:
    """Say whether an audit is to be made: somebody or some fact wants it, or there are decisions and none was."""
    return runs.is_wanted()


@job(limit=timedelta(hours=2))
def make_audit() -> None:
    """Test the numbers that are trusted against the renewals that were decided."""
    audits.perform(at=timezone.now(), clock=timezone.now)
