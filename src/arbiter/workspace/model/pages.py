"""GET /model/: what the forecasts rest on, how much of it is prior and how much data, and how good they have been."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from arbiter.forecast.queries import model_report
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.model import judging, words

if TYPE_CHECKING:
    from arbiter.forecast.queries.model_report import ModelReport

LEADS = (180, 90, 30)
USUAL_LEAD = 90
EFFECT_COLUMNS: list[dict[str, Any]] = [
    {"label": "What is known", "width": "wide"},
    {"label": "We started at", "number": True},
    {"label": "Here it is", "number": True},
    {"label": "From your data", "number": True},
]
FORECASTER_COLUMNS: list[dict[str, Any]] = [
    {"label": "Who said so", "width": "wide"},
    {"label": "Renewals", "number": True},
    {"label": "Lost", "number": True},
    {"label": "Log loss", "number": True},
    {"label": "Brier", "number": True},
    {"label": "AUC", "number": True},
    {"label": "Better than one rate for all", "number": True},
]


@open_to_colleagues("GET", needs=Permission.SEE_ALL_CUSTOMERS)
def index(request: SignedInRequest) -> HttpResponse:
    """Show what the model in force rests on, and the last backtest at one lead."""
    now = timezone.now()
    found = model_report.of(now)
    context: dict[str, Any] = {
        "report": found.report,
        "anchor": found.anchor,
        "base_rate": found.base_rate,
        "tiles": words.tiles(found.report),
        "effects": words.effects(found.report.terms),
        "effect_columns": EFFECT_COLUMNS,
        "judging": judging.is_under_way(now),
        "crumbs": [{"label": "Model"}],
        "now": now,
    }
    if found.backtest is not None and found.backtest.renewals:
        context |= _backtest(found, _lead(request.GET.get("lead", "")))
    return render(request, "workspace/model/index.html", context)


def _lead(asked: str) -> int:
    return int(asked) if asked in map(str, LEADS) else USUAL_LEAD


def _backtest(found: ModelReport, lead: int) -> dict[str, Any]:
    assert found.backtest is not None
    result = found.backtest.result
    seen = result["leads"][str(lead)]
    forecast = next((line for line in seen["forecasters"] if line["name"] == "forecast"), None)
    signals = sorted(seen["signals"], key=lambda line: -(line["worth"]["value"] or 0))
    return {
        "backtest": found.backtest,
        "seen": seen,
        "lead": lead,
        "leads": _tabs(lead),
        "calibration": words.calibration(forecast) if forecast else "",
        "ranges": words.ranges(seen["ranges"]) if seen["ranges"] else "",
        "forecasters": [words.forecaster(line) for line in seen["forecasters"]],
        "forecaster_columns": FORECASTER_COLUMNS,
        "signals": [words.signal(line) for line in signals],
        "kappa": _kappa(result["origins"]),
        "renewals_url": reverse("workspace:model-renewals"),
    }


def _tabs(lead: int) -> list[dict[str, Any]]:
    return [
        {"label": f"{days} days before", "url": f"?lead={days}#backtest", "current": days == lead}
        for days in LEADS
    ]


def _kappa(origins: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What became of κ each time the model learnt."""
    return [
        {
            "at": date.fromisoformat(each["at"]),
            "value": each["temperature"],
            "n": each["renewals"],
        }
        for each in origins
    ]
