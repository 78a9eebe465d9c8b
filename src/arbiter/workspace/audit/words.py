"""What the audit says, in words: no more than the data bear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from arbiter.forecast.queries.audits import trusted, working
from arbiter.ui import wording

FLOOR, FULL, LITTLE = 10, 30, 78
"""As in `science.audit`: below so many losses nothing is said, it is early, a little cannot be told from nothing."""
TIERS = {
    "predicts": "told who would leave",
    "weak": "told a little",
    "no evidence": "no evidence that it tells",
    "evidence of little value": "evidence that it tells little",
}


@dataclass(frozen=True, slots=True)
class Headline:
    """How many numbers say which of the three things at a lead."""

    total: int
    predicts: int
    chance: int
    too_few: int
    suspect: int

    @classmethod
    def of(cls, result: Mapping[str, Any], lead: int) -> Headline:
        """Count what a stored audit found; whoever knows only afterwards is counted apart."""
        counts = working.tally(result["signals"], lead)
        return cls(
            total=len(result["signals"]),
            predicts=counts["predicts"],
            chance=counts["no better than chance"],
            too_few=counts["too few to say"],
            suspect=sum(bool(each["leaks"]) for each in result["signals"]),
        )


def bearing(lost: int, *, of: int) -> tuple[str, str]:
    """What so many losses, of so many decided renewals, can bear: a title, and the rest of it."""
    if lost and lost == of:
        title = "Only losses are on record."
        return (
            title,
            "Bring those who renewed, too: whether a number told who would leave shows only beside those of whom it said they would stay.",
        )
    if lost < FLOOR:
        title = f"{lost} of {FLOOR} losses: too few to say anything."
        return (
            title,
            "Below ten losses a number that foretold all of them and one that foretold none look alike. The names below are facts all the same.",
        )
    if lost < FULL:
        title = f"{_losses(lost)} are early days."
        return (
            title,
            f"They show a strong number, and hide a fair one. Only from {FULL} losses on does silence mean anything here.",
        )
    if lost < LITTLE:
        title = f"{_losses(lost)} would show a number of use."
        return (
            title,
            f"One of little use can still not be told from one of none: that takes {LITTLE} losses.",
        )
    title = f"{_losses(lost)} can tell much."
    return (
        title,
        "A number of use shows itself four times of five, and one of little use can be called so.",
    )


def _losses(count: int) -> str:
    return f"{count:,} losses"


def plot_row(signal: Mapping[str, Any], lead: int, url: str) -> dict[str, Any]:
    """A line of the drawing: the area under the curve with its range, or how many losses it lacks."""
    found = signal["leads"][str(lead)]
    known = trusted.of(signal["name"])
    return _drawn(signal, found) | {
        "label": known.title,
        "detail": f"{whose(known)}, {known_of(found)}",
        "note": "May be written after the decision" if signal["leaks"] else note(found),
        "url": url,
    }


def lead_row(signal: Mapping[str, Any], found: Mapping[str, Any], lead: int) -> dict[str, Any]:
    """A line of one number's own drawing: one lead."""
    return _drawn(signal, found) | {
        "label": f"{lead} days before",
        "detail": known_of(found).capitalize(),
        "note": note(found),
    }


def _drawn(signal: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "value": found["auc"],
        "low": found["auc_low"],
        "high": found["auc_high"],
        "n": found["n"],
        "few": found["auc"] is None,
        "shown": too_few(found) if found["auc"] is None else "",
        "strong": found["says"] == "predicts" and not signal["leaks"],
    }


def whose(known: trusted.Trusted) -> str:
    """Who says the number."""
    return "their word" if known.theirs else "ours"


def known_of(found: Mapping[str, Any]) -> str:
    """Of how many it was known."""
    return f"known of {wording.share(found['n'], found['decided'])}"


def note(found: Mapping[str, Any]) -> str:
    """What the data bear, in words; empty where there are not even ten losses, which is said in place of a figure."""
    if found["auc"] is None:
        return ""
    if found["tier"] == "not enough data":
        return f"Not enough data: {found['lost']} of {FULL} losses"
    said = TIERS[found["tier"]]
    return (f"{said}, and early" if found["early"] else said).capitalize()


def too_few(found: Mapping[str, Any]) -> str:
    """How many losses there are, of those it takes."""
    return f"{found['lost']} of {FLOOR} losses"


def answer_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What came of each answer."""
    return [
        {name: each[name] for name in ("answer", "value", "low", "high", "n")}
        | {"count": each["n"] - each["lost"]}
        for each in rows
    ]
