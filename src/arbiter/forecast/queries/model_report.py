"""What the forecasts of today rest on, and how good they have been: for the page that says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from arbiter.forecast.models import Anchor, Backtest
from arbiter.forecast.queries import base_rates, learnings
from arbiter.forecast.queries.backtests import stored
from arbiter.science import renewal
from arbiter.science.renewal import Report


@dataclass(frozen=True)
class ModelReport:
    """The model in force, what it rests on, and the last backtest; `anchor` is None before the first forecast."""

    anchor: Anchor | None
    report: Report
    base_rate: str
    backtest: Backtest | None


def of(as_of: datetime) -> ModelReport:
    """What the forecasts of a moment rest on: four small queries."""
    anchor = learnings.newest_anchor(as_of)
    told = base_rates.at(as_of)
    model = (
        learnings.model_of(anchor) if anchor is not None else renewal.day_one([], base_rate=told)
    )
    return ModelReport(anchor, renewal.report(model), told.sentence, stored.newest(as_of))
