"""The audit worked out, as plain values fit for storage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from arbiter.forecast.queries.audits import trusted
from arbiter.forecast.queries.audits.looks import LEADS, MAIN_LEAD, Loss, Rows, read
from arbiter.forecast.queries.histories import Progress
from arbiter.science import audit as science
from arbiter.science.audit import Audited, Finding
from arbiter.science.estimate import Estimate

METHOD = "predictor-audit/1"
ANSWERS = ("yes", "not_sure", "no", "no_reply", "never_asked")
DIGITS = 6


def work_out(
    as_of: datetime, *, leads: Sequence[int] = LEADS, progress: Progress | None = None
) -> dict[str, Any]:
    """Test every number that had a value before any decided renewal.

    Args:
        as_of: only what was true and recorded by then; renewals due and decided by then.
        leads: so many days before they were due, the main lead among them.
        progress: told how many of how many customers are read.

    Returns:
        Plain values: how many renewals and losses, how many tests, and per signal what it said at each lead.
    """
    gathered = read(as_of, leads=leads, progress=progress)
    rows = gathered.rows
    names = sorted({name for row in rows for told in row.told for name in told})
    told = [trusted.of(name) for name in names]
    found = science.audit(
        [row.look(names) for row in rows],
        main_lead_days=MAIN_LEAD,
        higher_renews=[each.name for each in told if each.higher_renews],
        lower_renews=[each.name for each in told if each.higher_renews is False],
    )
    main = gathered.at(MAIN_LEAD)
    decided = {each.contract.id: each for row in rows for each in row.decided}
    return {
        "decided": len(decided),
        "lost": sum(not each.renewed for each in decided.values()),
        "tested": found.tested,
        "leads": {str(row.lead): _counts(row) for row in rows},
        "signals": [_signal(each, main) for each in found.signals],
        "answers": {str(row.lead): _answers(row) for row in rows},
        "losses": [_loss(each) for each in gathered.losses],
    }


def _loss(loss: Loss) -> dict[str, Any]:
    numbers = {name: _round(value) for name, value in loss.numbers.items()}
    return loss._asdict() | {"told_on": loss.told_on.isoformat(), "numbers": numbers}


def _counts(row: Rows) -> dict[str, int]:
    return {"decided": len(row.decided), "lost": sum(not each.renewed for each in row.decided)}


def _signal(audited: Audited, main: Rows) -> dict[str, Any]:
    return {
        "name": audited.name,
        "useful_lead_days": audited.useful_lead_days,
        "leaks": list(audited.leaks),
        "higher_renews": audited.main.higher_renews,
        "green_from": _green_from(audited.name, main, higher=audited.main.higher_renews),
        "leads": {str(each.lead_days): _finding(each) for each in audited.findings},
        "implied": _implied(audited, main),
        "addition": _addition(audited.name, main),
    }


def _finding(found: Finding) -> dict[str, Any]:
    auc, everywhere = found.auc, found.everywhere
    return {
        "decided": found.decided,
        "n": found.n,
        "lost": found.lost,
        "coverage": _estimate(found.coverage),
        "renewal_with": _estimate(found.renewal_with),
        "renewal_without": _estimate(found.renewal_without),
        "auc": _round(auc.value) if auc else None,
        "auc_low": _round(auc.low) if auc else None,
        "auc_high": _round(auc.high) if auc else None,
        "auc_everywhere": _round(everywhere.value) if everywhere else None,
        "p": _round(found.p),
        "p_adjusted": _round(found.p_adjusted),
        "tier": str(found.tier),
        "says": str(found.says),
        "early": found.is_early,
        "still_missing": found.still_missing,
    }


def _green_from(name: str, main: Rows, *, higher: bool) -> float | None:
    """The value of the middle one of those who renewed: as good, and one would have thought them safe."""
    values = main.column(name)
    stayed = np.array([each.renewed for each in main.decided], dtype=bool)
    values = values[stayed & ~np.isnan(values)]
    if not len(values):
        return None
    ordered = np.sort(values if higher else -values)
    middle = float(ordered[len(ordered) // 2])
    return _round(middle if higher else -middle)


def _implied(audited: Audited, main: Rows) -> dict[str, Any] | None:
    if audited.main.auc is None:
        return None
    values = main.column(audited.name)
    here = ~np.isnan(values)
    told = science.implied(
        values[here],
        np.array([each.renewed for each in main.decided])[here],
        customer=np.array([each.contract.customer_id for each in main.decided])[here],
    )
    return {
        "intercept": _estimate(told.intercept),
        "slope": _estimate(told.slope),
        "error": _round(told.error),
        "score": _round(told.score),
        "base_score": _round(told.base_score),
        "bins": [
            {name: _round(getattr(each, name)) for name in ("forecast", "observed", "low", "high")}
            | {"n": each.n}
            for each in told.bins
        ],
    }


def _addition(name: str, main: Rows) -> dict[str, Any] | None:
    """What the signal added to the forecasts stored by then, from their own reasons."""
    effects = list(_effects(name, main))
    if not effects:
        return None
    probability, effect, renewed, customer = (list(each) for each in zip(*effects, strict=True))
    told = science.addition(probability, effect, renewed, customer=customer)
    return _estimate(told.gain) | {"customers": told.customers}


def _effects(name: str, main: Rows) -> Iterator[tuple[float, float, bool, int]]:
    reason = _REASONS.get(name, f"signal:{name}")
    for decided, made in zip(main.decided, main.forecasts, strict=True):
        if made is None:
            continue
        effect = sum(float(each["effect"]) for each in made.reasons if each["name"] == reason)
        yield made.probability, effect, decided.renewed, decided.contract.customer_id


# The names under which a forecast's reasons group what the audit tells apart.
_REASONS = {
    "confirmed_outcomes": "confirmation",
    "awareness_gap": "awareness",
    "usage_level": "usage",
    "usage_trend": "usage",
    "tickets_critical": "tickets",
    "price_increase": "price",
    "renewals": "tenure",
} | {name: name for name in ("intent", "goal_age", "nps", "csat")}


def _answers(row: Rows) -> list[dict[str, Any]]:
    lost = [not each.renewed for each in row.decided]
    rates = science.answer_rates(row.answers, lost, order=ANSWERS)
    return [{"answer": each.answer, "lost": each.lost, **_estimate(each.renewed)} for each in rates]


def _estimate(found: Estimate) -> dict[str, Any]:
    return {
        "value": _round(found.value),
        "low": _round(found.low),
        "high": _round(found.high),
        "n": found.n,
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(float(value), DIGITS)


def tally(signals: Sequence[dict[str, Any]], lead: int = MAIN_LEAD) -> Counter[str]:
    """How many signals say each of the three things at a lead; those that know afterwards are not counted."""
    return Counter(each["leads"][str(lead)]["says"] for each in signals if not each["leaks"])


__all__ = ["ANSWERS", "LEADS", "MAIN_LEAD", "METHOD", "tally", "work_out"]
