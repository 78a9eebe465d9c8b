"""The tables of the audit: every number at every lead, whom it leaves out, and what it would claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from arbiter.forecast.queries.audits import trusted
from arbiter.forecast.queries.audits.looks import LEADS, MAIN_LEAD
from arbiter.ui import wording
from arbiter.workspace.audit import words

LEAD_COLUMNS: list[dict[str, Any]] = [
    {"label": "Number"},
    *({"label": f"{lead} days", "number": True} for lead in LEADS),
    {"label": "Useful from", "number": True},
    {"label": "What the data bear"},
]
COVERAGE_COLUMNS: list[dict[str, Any]] = [
    {"label": "Number"},
    {"label": "Known of", "number": True},
    {"label": "Renewed, known", "number": True},
    {"label": "Renewed, unknown", "number": True},
    {"label": "For everybody", "number": True},
    {"label": "Claims", "number": True},
    {"label": "Adds", "number": True},
]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a number said at one lead."""

    lead: int
    text: str
    between: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One number in the tables."""

    title: str
    url: str
    whose: str
    leaks: Sequence[str]
    cells: Sequence[Cell]
    useful: int | None
    bear: str
    known: str
    renewed_with: str
    renewed_without: str
    everywhere: str
    claims: str
    adds: str


def lines(result: Mapping[str, Any], lead: int) -> list[Line]:
    """A line for every number; the second table tells of one lead."""
    return [_line(each, lead) for each in result["signals"]]


def signal_url(name: str) -> str:
    """The page of one number."""
    return f"{reverse('workspace:audit-signal')}?{urlencode({'name': name})}"


def _line(signal: Mapping[str, Any], lead: int) -> Line:
    found, known = signal["leads"][str(lead)], trusted.of(signal["name"])
    return Line(
        title=known.title,
        url=signal_url(signal["name"]),
        whose=words.whose(known),
        leaks=signal["leaks"],
        cells=[_cell(signal["leads"][str(each)], each) for each in LEADS],
        useful=signal["useful_lead_days"],
        bear=words.note(signal["leads"][str(MAIN_LEAD)])
        or words.too_few(signal["leads"][str(MAIN_LEAD)]),
        known=wording.share(found["n"], found["decided"]),
        renewed_with=rate(found["renewal_with"]),
        renewed_without=rate(found["renewal_without"]),
        everywhere=area(found["auc_everywhere"]),
        claims=claims(signal["implied"]),
        adds=adds(signal["addition"]),
    )


def _cell(found: Mapping[str, Any], lead: int) -> Cell:
    if found["auc"] is None:
        return Cell(lead, words.too_few(found), "", strong=False)
    between = f"{found['auc_low']:.2f}–{found['auc_high']:.2f}"
    return Cell(lead, f"{found['auc']:.2f}", between, strong=found["says"] == "predicts")


def area(value: float | None) -> str:
    """An area under the curve."""
    return "–" if value is None else f"{value:.2f}"


def rate(told: Mapping[str, Any]) -> str:
    """A renewal rate; of fewer than twenty the counts."""
    if not told["n"]:
        return "–"
    return wording.share(round(told["value"] * told["n"]), told["n"])


def claims(implied: Mapping[str, Any] | None) -> str:
    """How far the chances that a number implies reach, measured by what came: too far, or not far enough."""
    if implied is None or implied["slope"]["value"] is None:
        return "–"
    low, high = implied["slope"]["low"], implied["slope"]["high"]
    if high is not None and high < 1:
        return "too much"
    return "too little" if low is not None and low > 1 else "cannot be told"


def adds(addition: Mapping[str, Any] | None) -> str:
    """What it added to the forecasts that were stored, in nats per hundred renewals."""
    if addition is None or addition["value"] is None:
        return "–"
    return f"{addition['value'] * 100:+.1f}".replace("-", "−")
