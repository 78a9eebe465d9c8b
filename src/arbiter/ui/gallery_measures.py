"""What the gallery's page of charts shows: invented measures of one vendor, in every state a chart can be in."""

from datetime import date
from decimal import Decimal
from typing import Any


def _quarter(at: int) -> date:
    return date(2024 + at // 4, at % 4 * 3 + 1, 1)


def _month(at: int) -> date:
    return date(2025 + at // 12, at % 12 + 1, 1)


_RETENTION = [0.86, 0.87, 0.845, 0.88, 0.89, None, None, 0.9, 0.905, 0.89, 0.91, 0.92]
_RETAINED = [
    {"at": _quarter(at), "value": value, "low": value and value - 0.05 + at * 0.002, "high": value and value + 0.038 - at * 0.001, "n": value and 120 + at * 9, "url": "#main"}
    for at, value in enumerate(_RETENTION)
]  # fmt: skip
_RETAINED[2]["note"] = "price change"
_SEGMENTS: dict[str, list[float | None]] = {
    "Enterprise": [0.93, 0.94, 0.935, 0.95, 0.945, 0.95, 0.96, 0.955],
    "Mid-market": [0.88, 0.87, 0.885, 0.89, 0.9, 0.91, 0.9, 0.915],
    "Small business": [0.79, 0.8, 0.77, 0.78, None, 0.8, 0.81, 0.84],
}
_NPS = [(0, 34, 9), (2, 31, 12), (5, 38, 41), (6, 41, 55), (8, 44, 60), (11, 52, 63)]
_ARR = [
    "1420000",
    "1455000",
    "1490000",
    "1480000",
    "1530000",
    "1590000",
    "1610000",
    "1660000",
    "1702500",
    "1735000",
]

_CURVE = [
    (1, 0.995, 412), (3, 0.981, 398), (5, 0.97, 371), (6, 0.955, 350), (9, 0.941, 301), (12, 0.868, 268),
    (13, 0.851, 190), (18, 0.834, 150), (24, 0.741, 121), (25, 0.722, 71), (30, 0.71, 44), (36, 0.602, 23),
]  # fmt: skip
_THIN = [(2, 0.96, 51), (6, 0.9, 44), (12, 0.74, 33), (15, 0.7, 20), (24, 0.49, 12), (30, 0.41, 5)]


def _steps(rows: list[tuple[int, float, int]], *, reach: float) -> list[dict[str, Any]]:
    """Steps with a range that widens as fewer are left."""
    return [
        {
            "time": time, "survival": share, "low": max(share - reach * (40 / at_risk) ** 0.5, 0.0),
            "high": min(share + reach * (40 / at_risk) ** 0.5, 1.0), "at_risk": at_risk, "events": at_risk // 20,
            "censored": at_risk % 3,
        }
        for time, share, at_risk in rows
    ]  # fmt: skip


_VALUE = [
    {"time": 14, "survival": 0.94, "at_risk": 96}, {"time": 30, "survival": 0.8, "at_risk": 88}, {"time": 45, "survival": 0.61, "at_risk": 71},
    {"time": 62, "survival": 0.44, "at_risk": 50}, {"time": 90, "survival": 0.31, "at_risk": 33}, {"time": 140, "survival": 0.24, "at_risk": 18},
]  # fmt: skip

_BINS = [
    {"forecast": 0.12, "value": 0.22, "low": 0.06, "high": 0.55, "n": 9, "count": 2},
    {"forecast": 0.34, "value": 0.31, "low": 0.18, "high": 0.48, "n": 38},
    {"forecast": 0.55, "value": 0.44, "low": 0.35, "high": 0.53, "n": 120, "url": "#main"},
    {"forecast": 0.72, "value": 0.74, "low": 0.67, "high": 0.8, "n": 168},
    {"forecast": 0.84, "value": 0.82, "low": 0.77, "high": 0.86, "n": 260},
    {"forecast": 0.94, "value": 0.95, "low": 0.92, "high": 0.97, "n": 310},
]

_SIGNALS = [
    {"label": "Said they will continue", "detail": "customers’ word, 90 days before", "value": 0.81, "low": 0.74, "high": 0.86, "n": 214, "url": "#main", "strong": True},
    {"label": "Verdicts achieved", "detail": "customers’ word, 90 days before", "value": 0.74, "low": 0.66, "high": 0.81, "n": 188, "url": "#main"},
    {"label": "NPS", "detail": "answered by 41%", "value": 0.61, "low": 0.52, "high": 0.69, "n": 131, "url": "#main"},
    {"label": "Health score", "detail": "ours", "value": 0.52, "low": 0.45, "high": 0.59, "n": 320, "url": "#main", "note": "predicts nothing here"},
    {"label": "Logins a week", "detail": "usage", "value": 0.44, "low": 0.35, "high": 0.53, "n": 290, "url": "#main"},
    {"label": "Support tickets", "detail": "7 of 10 needed losses", "value": 0.66, "low": 0.39, "high": 0.86, "n": 24, "few": True},
    {"label": "Executive sponsor", "detail": "never recorded", "value": None, "n": 0, "few": True},
]  # fmt: skip

_ANSWERS = [
    {"answer": "yes", "value": 0.94, "low": 0.9, "high": 0.965, "n": 231, "url": "#main"},
    {"answer": "not_sure", "value": 0.63, "low": 0.49, "high": 0.75, "n": 49, "url": "#main"},
    {"answer": "no", "count": 3, "n": 14, "low": 0.08, "high": 0.48, "url": "#main"},
    {"answer": "no_reply", "value": 0.71, "low": 0.63, "high": 0.78, "n": 140, "url": "#main"},
    {"answer": "never_asked", "value": 0.78, "low": 0.73, "high": 0.82, "n": 310, "url": "#main", "note": "as everyone"},
]  # fmt: skip

_LOSSES = [
    {"label": "Value not reached", "count": 19, "n": 61, "low": 0.21, "high": 0.44, "url": "#main"},
    {"label": "Price", "count": 11, "n": 61, "low": 0.1, "high": 0.3, "url": "#main"},
    {"label": "Sponsor left", "count": 8, "n": 61, "low": 0.07, "high": 0.24, "url": "#main"},
    {"label": "Payment failed", "count": 2, "n": 61, "low": 0.01, "high": 0.11, "url": "#main"},
]


def _cell(kept: int, n: int) -> dict[str, Any]:
    share = kept / n if n else None
    return {"value": share, "n": n, "count": kept, "low": share and max(share - 0.1, 0), "high": share and min(share + 0.07, 1), "url": "#main" if n >= 5 else ""}  # fmt: skip


_COHORTS = [
    {"label": "Q1 2025", "n": 48, "url": "#main", "cells": [_cell(47, 48), _cell(45, 48), _cell(41, 48), _cell(39, 48), _cell(36, 47), _cell(35, 47)]},
    {"label": "Q2 2025", "n": 61, "url": "#main", "cells": [_cell(60, 61), _cell(57, 61), _cell(53, 61), _cell(52, 61), _cell(50, 60)]},
    {"label": "Q3 2025", "n": 37, "url": "#main", "cells": [_cell(37, 37), _cell(35, 37), _cell(33, 36), _cell(31, 36)]},
    {"label": "Q4 2025", "n": 16, "url": "#main", "cells": [_cell(16, 16), _cell(15, 16), _cell(11, 15)]},
    {"label": "Q1 2026", "n": 4, "cells": [_cell(4, 4), _cell(3, 4)]},
    {"label": "Q2 2026", "n": 52, "url": "#main", "cells": [_cell(51, 52)]},
]  # fmt: skip

_STEPS = [
    {"label": "Left", "amount": Decimal("-121400"), "n": 14, "url": "#main"},
    {"label": "Smaller contracts", "amount": Decimal("-46200"), "n": 9, "url": "#main"},
    {"label": "Kept", "total": True, "note": "gross revenue retention"},
    {"label": "Larger contracts", "amount": Decimal("158900"), "n": 31, "url": "#main"},
]

_TILES = [
    {
        "label": "Goals confirmed", "value": 0.56, "low": 0.45, "high": 0.66, "n": 84, "base": "goals", "timing": "leading", "side": "theirs",
        "points": [{"at": _month(at), "value": 0.31 + at * 0.025, "n": 60 + at} for at in range(11)], "names_url": "#main", "action_url": "#main",
        "action_text": "Ask about 37", "url": "#main", "formula": "goals a customer confirmed ÷ goals due",
    },
    {
        "label": "Gross revenue retention", "estimate": {"value": 0.909, "low": 0.868, "high": 0.938, "n": 212, "effective_n": 74.2, "note": "Growth of one never offsets the loss of another."},
        "digits": 1, "timing": "trailing", "side": "ours", "points": [{**point, "n": 212} for point in _RETAINED], "target": 0.92, "names_url": "#main",
        "formula": "(start ARR − churn − contraction) ÷ start ARR", "question": "Of the ARR a year ago, how much is still there?", "method_url": "#main",
    },
    {
        "label": "NPS", "value": 52, "low": 36, "high": 65, "n": 63, "kind": "points", "base": "answers", "timing": "trailing", "side": "theirs",
        "points": [{"at": _month(at), "value": value, "n": n} for at, value, n in _NPS], "names_url": "#main", "formula": "% of 9–10 minus % of 0–6",
    },
    {
        "label": "Renewal rate", "count": 5, "value": 0.625, "low": 0.31, "high": 0.86, "n": 8, "base": "renewals due", "timing": "trailing", "side": "ours",
        "names_url": "#main", "formula": "renewed ÷ due in the period",
    },
    {"label": "Time to first result", "value": 47.5, "low": 41, "high": 58, "n": 96, "kind": "number", "unit": "days", "timing": "leading", "side": "ours", "names_url": "#main"},
    {"label": "Customer lifetime value", "value": None, "kind": "money", "currency": "EUR", "timing": "leading", "side": "ours", "note": "Not enough churn to estimate.", "formula": "discounted value of the years to come, to a horizon of 5 years"},
]  # fmt: skip

MEASURES: dict[str, Any] = {
    "retained": _RETAINED,
    "retained_events": [{"at": date(2024, 8, 15), "text": "price change"}, {"at": date(2026, 2, 1), "text": "onboarding in four weeks"}],
    "segments": [
        {"name": name, "points": [{"at": _quarter(at + 4), "value": value, "low": value and value - 0.03, "high": value and value + 0.025, "n": 40 + at} for at, value in enumerate(values)]}
        for name, values in _SEGMENTS.items()
    ],
    "nps": [
        {"at": _month(at), "value": value, "low": value - 130 // n, "high": value + 120 // n, "n": n} for at, value, n in _NPS
    ] + [{"at": _month(at), "value": None} for at in (1, 3, 4, 7, 9, 10)],
    "arr": [{"at": _month(at + 10), "value": Decimal(value)} for at, value in enumerate(_ARR)] + [
        {"at": _month(20), "value": None}],
    "expected": [
        {"name": "ARR", "points": [{"at": _month(at + 10), "value": Decimal(value)} for at, value in enumerate(_ARR)]},
        {"name": "expected", "tone": "forecast", "points": [
            {"at": _month(at + 19), "value": 1735000 + at * 21000, "low": 1735000 - at * 26000, "high": 1735000 + at * 52000} for at in range(6)
        ]},
    ],
    "nothing": [{"at": _month(1), "value": None}],
    "curve": _steps(_CURVE, reach=0.02),
    "curves": [
        {"name": "Confirmed a result", "steps": _steps(_CURVE, reach=0.02)},
        {"name": "None confirmed", "steps": _steps(_THIN, reach=0.07)},
    ],
    "to_value": _VALUE,
    "bins": _BINS,
    "signals": _SIGNALS,
    "intent_rates": _ANSWERS,
    "losses": _LOSSES,
    "cohorts": _COHORTS,
    "ages": ["3 months", "6 months", "9 months", "12 months", "15 months", "18 months"],
    "voices": [
        {"answer": "not_sure", "belief": 0.92, "forecast": 0.74, "low": 0.58, "high": 0.86, "said_by": "Tomás Rey", "said_at": date(2026, 11, 3), "believed_by": "Maya Kessler", "believed_at": date(2026, 11, 1), "forecast_at": date(2026, 11, 21)},
        {"answer": "no", "belief": 0.8, "forecast": 0.34, "low": 0.19, "high": 0.53, "said_by": "Aase Dahl", "said_at": date(2026, 10, 28), "believed_by": "Noor Haddad", "believed_at": date(2026, 9, 30), "forecast_at": date(2026, 11, 21)},
        {"answer": "yes", "belief": 0.9, "forecast": 0.91, "low": 0.83, "high": 0.95, "said_by": "Per Boström", "said_at": date(2026, 8, 19), "believed_by": "Maya Kessler", "believed_at": date(2026, 8, 2), "forecast_at": date(2026, 11, 21)},
        {"answer": "never_asked", "belief": None, "forecast": 0.7, "low": 0.39, "high": 0.9, "forecast_at": date(2026, 11, 21)},
    ],
    "start_arr": Decimal("1842000"),
    "arr_steps": _STEPS,
    "tiles": _TILES,
}  # fmt: skip
