"""What runs by itself: standings after facts, and everything once a night."""

from datetime import timedelta

from django.utils import timezone

from arbiter.forecast.actions import anchors, backtests, standings
from arbiter.forecast.models import StaleCustomer
from arbiter.foundation.jobs import job


def has_stale() -> bool:
    """Say whether any customer's standing waits to be written."""
    return StaleCustomer.objects.exists()


@job()
def refresh_stale() -> None:
    """Write where the customers stand about whom a fact was recorded."""
    standings.refresh_stale(as_of=timezone.now())


@job(limit=timedelta(hours=2))
def rebuild() -> None:
    """Anchor the base rate on today's contracts and write where everybody stands."""
    now = timezone.now()
    anchors.set_anew(as_of=now)
    standings.rebuild(as_of=now)


@job(limit=timedelta(hours=2))
def backtest() -> None:
    """Judge the forecasts of past renewals, once a week in which anything was decided."""
    backtests.make_where_due(as_of=timezone.now())
