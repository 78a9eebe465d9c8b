"""What a model rests on and how good it was, in words and in rows for the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arbiter.ui import wording

if TYPE_CHECKING:
    from arbiter.science.renewal import Effect, Report

FEW = 20
"""Below this many renewals counts are shown instead of percentages."""
LEAST_LOST = 10


def tiles(report: Report) -> list[dict[str, str]]:
    """The four numbers a model is summed up by."""
    kappa = report.temperature
    return [
        {
            "label": "Learnt from",
            "value": f"{report.renewals:,} renewal{'' if report.renewals == 1 else 's'}",
            "note": f"{report.churns:,} of them lost",
            "rest": f"Half counts after two years: together they weigh {report.effective_renewals:,.0f}.",
        },
        {
            "label": "Decided by your data",
            "value": _share(report),
            "note": "of what the forecast believes",
            "rest": f"{report.effective_degrees:.1f} of {report.coefficients} coefficients; our starting "
            "beliefs decide the rest.",
        },
        {
            "label": "κ: our starting beliefs, held up by your data",
            "value": f"{kappa.mean:.2f}",
            "note": f"{kappa.low:.2f} to {kappa.high:.2f}",
            "rest": f"We started at {kappa.prior:.2f}. At 0 they tell nothing here, at 1 they overlap in nothing.",
        },
        {
            "label": "Second method",
            "value": f"{report.weight:.0%}" if report.weight else "None",
            "note": "of the say",
            "rest": _second(report),
        },
    ]


def _share(report: Report) -> str:
    if not report.renewals:
        return "Nothing yet"
    return "Too few to say" if report.renewals < FEW else f"{report.share_of_data:.0%}"


def _second(report: Report) -> str:
    if report.weight:
        return "Boosted trees, which may see what a sum of effects cannot."
    note = report.challenger_note or "It is trained from a hundred renewals on"
    return note if note.endswith(".") else f"{note}."


def effects(terms: tuple[Effect, ...]) -> list[dict[str, Any]]:
    """What each starting belief became, in log-odds: the table's lines, and what was learnt beside it."""
    return [
        {
            "label": each.label,
            "prior": f"{each.prior:+.2f} ± {each.prior_sd:.2f}"
            if each.prior
            else f"0 ± {each.prior_sd:.2f}",
            "now": f"{each.mean:+.2f}",
            "between": f"{each.low:+.2f} to {each.high:+.2f}",
            "data": f"{each.share_of_data:.0%}",
            "sure": each.low > 0 or each.high < 0,
        }
        for each in terms
    ]


def calibration(line: dict[str, Any]) -> str:
    """Whether what was forecast of all renewals together came true, in a sentence."""
    n, expected, renewed = line["n"], line["expected"] * line["n"], line["n"] - line["lost"]
    if n < FEW:
        return f"Of {n} {wording.noun(n, 'renewals')}, {expected:.1f} were expected to renew, and {renewed} did."
    inside = line["observed_low"] <= line["expected"] <= line["observed_high"]
    verdict = (
        "That is what chance alone can make of a right forecast"
        if inside
        else "The forecasts were too low"
        if line["observed"] > line["expected"]
        else "The forecasts were too rosy"
    )
    return (
        f"Of {n:,} renewals, {line['expected']:.0%} were expected to renew and {line['observed']:.0%} did "
        f"({line['observed_low']:.0%} to {line['observed_high']:.0%}). {verdict}."
    )


def ranges(found: dict[str, int]) -> str:
    """In how many groups the share that renewed lay within the range; empty below two hundred renewals."""
    if not found["groups"]:
        return ""
    return (
        f"In {found['inside']} of {found['groups']} groups by forecast, the share that renewed lay within the "
        "range that was given."
    )


def forecaster(line: dict[str, Any]) -> dict[str, Any]:
    """One forecaster's scores as a row of a table."""
    return {
        "label": line["label"],
        "n": line["n"],
        "lost": line["lost"],
        "log_loss": _number(line["log_loss"], "certain, and wrong"),
        "brier": _number(line["brier"], "–"),
        "auc": "" if line["auc"] is None else f"{line['auc']:.2f}",
        "auc_between": ""
        if line["auc"] is None
        else f"{line['auc_low']:.2f} to {line['auc_high']:.2f}",
        "too_few": f"{line['lost']} of {LEAST_LOST} losses needed",
        "better": None if line["name"] == "base_rate" else _gain(line["better_than_base_rate"]),
        "strong": line["name"] == "forecast",
    }


def signal(line: dict[str, Any]) -> dict[str, Any]:
    """What one question is worth here, as a row of the plot; in thousandths of a nat per renewal."""
    worth = line["worth"]
    alone = "" if line["auc"] is None else f"alone: AUC {line['auc']:.2f}"
    return {
        "label": line["label"],
        "detail": alone,
        "n": line["n"],
        "few": line["lost"] < LEAST_LOST or worth["value"] is None,
        "strong": worth["low"] is not None and worth["low"] > 0,
        **{
            end: None if worth[end] is None else worth[end] * 1_000
            for end in ("value", "low", "high")
        },
    }


def _gain(better: dict[str, float | None]) -> dict[str, str] | None:
    if better["value"] is None:
        return None
    low, high = better["low"] or 0.0, better["high"] or 0.0
    return {"value": f"{better['value']:+.3f}", "between": f"{low:+.3f} to {high:+.3f}"}


def _number(value: float | None, otherwise: str) -> str:
    return otherwise if value is None else f"{value:.3f}"
