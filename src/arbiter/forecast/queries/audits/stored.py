"""The audits that were made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from arbiter.forecast.models import Audit
from arbiter.forecast.queries.audits import trusted

HEADER = (
    "name", "title", "lead_days", "n", "lost", "coverage", "auc", "auc_low", "auc_high", "p_adjusted", "says", "tier",
    "early", "direction", "useful_lead_days", "renewal_with", "renewal_without", "adds_nats", "leaks",
)  # fmt: skip
"""What is told of a signal, in order: a table has its head even where there is nothing to tell."""


def newest(as_of: datetime) -> Audit | None:
    """The audit that counts at a moment; None before the first."""
    return Audit.objects.filter(as_of__lte=as_of).defer("losses").order_by("-as_of", "-pk").first()


def lines(result: dict[str, Any], *, lead: int) -> list[dict[str, Any]]:
    """One object per signal at a lead, in the words of the public format (`arbiter audit --json`)."""
    return [_line(each, each["leads"][str(lead)], lead) for each in result["signals"]]


def _line(signal: dict[str, Any], found: dict[str, Any], lead: int) -> dict[str, Any]:
    addition = signal["addition"]
    return {
        "name": signal["name"],
        "title": trusted.of(signal["name"]).title,
        "lead_days": lead,
        "n": found["n"],
        "lost": found["lost"],
        "coverage": found["coverage"]["value"],
        "auc": found["auc"],
        "auc_low": found["auc_low"],
        "auc_high": found["auc_high"],
        "p_adjusted": found["p_adjusted"],
        "says": found["says"],
        "tier": found["tier"],
        "early": found["early"],
        "direction": "higher renews" if signal["higher_renews"] else "lower renews",
        "useful_lead_days": signal["useful_lead_days"],
        "renewal_with": found["renewal_with"]["value"],
        "renewal_without": found["renewal_without"]["value"],
        "adds_nats": addition["value"] if addition else None,
        "leaks": signal["leaks"],
    }
