"""The backtest worked out, as plain values fit for storage."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arbiter.forecast.queries import learnings
from arbiter.forecast.queries.backtests import origins, scoring
from arbiter.forecast.queries.backtests.replay import Progress, Replayed, replay
from arbiter.science import renewal
from arbiter.science.renewal import wording

METHOD = "rolling-origins/1"
MAIN_LEAD = 90
FORECASTERS = {
    "forecast": "The forecast",
    "first_day": "The forecast, had it learnt nothing",
    "base_rate": "The renewal rate for all",
}
BELIEF = "The team's belief"

Mask = NDArray[np.bool_]


def work_out(
    as_of: datetime, *, months: int = origins.MONTHS, progress: Progress | None = None
) -> dict[str, Any]:
    """Judge what would have been forecast of every renewal decided by a moment.

    Args:
        as_of: only renewals that were due and decided by then.
        months: how often the model would have learnt.
        progress: told the stage, how much of it is done, and how much there is.

    Returns:
        Plain values: per lead one line per forecaster and per signal, and what the model was at each time.
    """
    found = replay(as_of, months=months, progress=progress)
    happened = {look.decided.contract.id: look.decided.renewed for look in found.looks}
    return {
        "method": METHOD,
        "model": renewal.learning.METHOD,
        "months": months,
        "decided": learnings.count_decided(as_of),
        "first": found.looks[0].on.isoformat() if found.looks else None,
        "last": found.looks[-1].on.isoformat() if found.looks else None,
        "renewals": len(happened),
        "lost": sum(not renewed for renewed in happened.values()),
        "origins": _origins(found),
        "leads": {str(lead): _lead(found, found.lead == lead) for lead in renewal.LEADS},
        "told": _told(found, found.lead == MAIN_LEAD),
    }


def lines(result: dict[str, Any]) -> list[dict[str, Any]]:
    """One object per lead and forecaster or signal, as `arbiter backtest --json` gives them."""
    return [
        {"lead_days": int(lead), **line}
        for lead, found in result["leads"].items()
        for line in (*found["forecasters"], *found["signals"])
    ]


def _told(found: Replayed, rows: Mask) -> list[list[Any]]:
    """What was forecast of each renewal, as (contract, chance, low, high, renewed), the most wrong first."""
    happened = found.happened
    missed = np.where(happened == 1, 1 - found.forecast, found.forecast)
    order = sorted(np.flatnonzero(rows).tolist(), key=lambda row: (-missed[row], row))
    return [
        [
            found.looks[row].decided.contract.id,
            *(
                round(float(end[row]), scoring.DIGITS)
                for end in (found.forecast, found.low, found.high)
            ),
            bool(happened[row]),
        ]
        for row in order
    ]


def _origins(found: Replayed) -> list[dict[str, Any]]:
    at_lead = found.lead == MAIN_LEAD
    return [
        {
            "at": origin.at.date().isoformat(),
            "renewals": origin.renewals,
            "looks": origin.looks,
            "temperature": round(origin.temperature, scoring.DIGITS),
            **_of_origin(found, at_lead & (found.origin == number)),
        }
        for number, origin in enumerate(found.origins)
    ]


def _of_origin(found: Replayed, rows: Mask) -> dict[str, Any]:
    """What came about of the renewals looked at ninety days ahead until the model learnt again."""
    if not rows.any():
        return {"n": 0, "lost": 0, "log_loss": None, "base_rate_log_loss": None}
    happened, customer = found.happened[rows], found.customer[rows]
    ours, base = (
        scoring.scored(chance[rows], happened, customer)
        for chance in (found.forecast, found.base_rate)
    )
    return {
        "n": ours["n"],
        "lost": ours["lost"],
        "log_loss": ours["log_loss"],
        "base_rate_log_loss": base["log_loss"],
    }


def _lead(found: Replayed, rows: Mask) -> dict[str, Any]:
    happened = found.happened[rows]
    if not len(happened):
        return {"n": 0, "lost": 0, "forecasters": [], "signals": [], "bins": [], "ranges": None}
    chance = found.forecast[rows]
    return {
        "n": len(happened),
        "lost": int(len(happened) - happened.sum()),
        "forecasters": _forecasters(found, rows),
        "signals": _signals(found, rows),
        "bins": scoring.bins(chance, happened),
        "ranges": scoring.ranges(chance, found.low[rows], found.high[rows], happened),
    }


def _forecasters(found: Replayed, rows: Mask) -> list[dict[str, Any]]:
    lines = [_line(name, label, found, rows) for name, label in FORECASTERS.items()]
    believed = rows & np.isfinite(found.belief)
    if believed.any():
        lines.append(_line("belief", BELIEF, found, believed))
        same = "The forecast, of the renewals with a belief"
        lines.append(_line("forecast", same, found, believed) | {"name": "forecast_where_believed"})
    return lines


def _line(name: str, label: str, found: Replayed, rows: Mask) -> dict[str, Any]:
    happened, customer = found.happened[rows], found.customer[rows]
    chance, base = getattr(found, name)[rows], found.base_rate[rows]
    return {
        "name": name,
        "label": label,
        "kind": "forecaster",
        **scoring.scored(chance, happened, customer),
        "better_than_base_rate": scoring.better(chance, base, happened, customer),
    }


def _signals(found: Replayed, rows: Mask) -> list[dict[str, Any]]:
    known = {name: rows & np.isfinite(chance) for name, chance in found.alone.items()}
    return [_signal(name, found, those) for name, those in known.items() if those.any()]


def _signal(name: str, found: Replayed, rows: Mask) -> dict[str, Any]:
    """One signal alone, and by how much the forecast is better for knowing it."""
    happened, customer = found.happened[rows], found.customer[rows]
    alone, base = found.alone[name][rows], found.base_rate[rows]
    worth = scoring.better(found.forecast[rows], found.without[name][rows], happened, customer)
    return {
        "name": name,
        "label": wording.label_of(name),
        "kind": "signal",
        **scoring.scored(alone, happened, customer),
        "better_than_base_rate": scoring.better(alone, base, happened, customer),
        "worth": worth,
    }
