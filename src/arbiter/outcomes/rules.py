"""Pure decisions about goals, results and verdicts: no table, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from arbiter.accounts.rules import day

YEAR = timedelta(days=365)
A_WHILE = timedelta(days=30)


# --- How far a goal has come ------------------------------------------------------------------


def value_realised(
    *, baseline: Decimal | None, target: Decimal | None, now: Decimal | None
) -> float | None:
    """Return (now − baseline) ÷ (target − baseline): 1.0 is the target, more and less are allowed.

    A target below the baseline works the same way. None when a number is unknown or the target is the
    baseline: then there is no way to go.
    """
    if baseline is None or target is None or now is None or target == baseline:
        return None
    return float((now - baseline) / (target - baseline))


def progress(
    *, direction: str, baseline: Decimal | None, target: Decimal | None, now: Decimal | None
) -> float | None:
    """Return the value realised; a yes/no test without a baseline is done (1.0) or not (0.0)."""
    realised = value_realised(baseline=baseline, target=target, now=now)
    if realised is not None or direction != "reach" or now is None or target is None:
        return realised
    return float(is_reached(direction=direction, baseline=baseline, target=target, now=now))


def is_reached(
    *, direction: str, baseline: Decimal | None, target: Decimal | None, now: Decimal | None
) -> bool:
    """Say whether a value is at the target or beyond it, in the direction that is better."""
    if target is None or now is None:
        return False
    return (
        now <= target if heads_down(direction, baseline=baseline, target=target) else now >= target
    )


def heads_down(direction: str, *, baseline: Decimal | None, target: Decimal | None) -> bool:
    """Say whether less is better: as agreed, else as the target lies below the baseline."""
    if direction in ("up", "down"):
        return direction == "down"
    return baseline is not None and target is not None and target < baseline


def reached_since(values: Iterable[tuple[datetime, bool]]) -> datetime | None:
    """Return when the last unbroken run of reached values began; None if the newest is not reached.

    `values` are moments with whether the target was reached, the oldest first.
    """
    began: datetime | None = None
    for at, reached in values:
        if not reached:
            began = None
        elif began is None:
            began = at
    return began


def guard_breached(*, limit: Decimal | None, now: Decimal | None) -> bool:
    """Say whether a guard ("incidents must not rise") is over its limit. A guard's limit is a ceiling."""
    return limit is not None and now is not None and now > limit


# --- What counts of what was said --------------------------------------------------------------


def verdict_is_fresh(at: datetime, *, as_of: datetime) -> bool:
    """Say whether a verdict still counts: it does for twelve months."""
    return as_of - at <= YEAR


def verdict_order(at: datetime, *, outranks: bool, number: int) -> tuple[date, bool, datetime, int]:
    """Return what verdicts of several contacts are ordered by; the last in order counts.

    The newest day wins. On one day the word of who decides, or of who stated the goal, outranks.
    """
    return (day(at), outranks, at, number)


def is_missed(*, judgement: str, due: bool, measured: bool, reached: bool) -> bool:
    """Say whether a stated goal was missed: the customer says so, or its day passed with the number short.

    A goal nobody measured is not missed; it is unknown.
    """
    if judgement:
        return judgement == "not"
    return due and measured and not reached


def wrong_value(*, missed: bool, others_moved: bool, guard_is_breached: bool) -> str:
    """Say why value went elsewhere than agreed: "guard", "missed", or "" when it did not.

    A stated goal that was missed is not offset by another number that improved, and a goal is not
    reached over the customer's own limit. Nothing is ever averaged across goals.
    """
    if guard_is_breached:
        return "guard"
    return "missed" if missed and others_moved else ""


def achieved_not_known(
    *, reached_at: datetime | None, confirmed: bool, known_at: Iterable[datetime]
) -> bool:
    """Say whether a target is reached and nobody at the customer knows.

    `known_at` are the moments at which someone who is still there saw, agreed or disputed. What they
    saw before the target was reached does not tell them that it is.
    """
    if reached_at is None or confirmed:
        return False
    return all(moment < reached_at for moment in known_at)


def stale_because(
    *, agreed_at: datetime, as_of: datetime, goal_stage: str, customer_stage: str
) -> str:
    """Say why a goal must be asked again: "age" (over a year), "stage" (the customer moved on), or ""."""
    if as_of - agreed_at > YEAR:
        return "age"
    if goal_stage and customer_stage and goal_stage != customer_stage:
        return "stage"
    return ""


def to_celebrate(*, confirmed: bool, verdict_at: datetime | None, as_of: datetime) -> bool:
    """Say whether an achieved verdict came lately enough to be shared with joy."""
    return confirmed and verdict_at is not None and as_of - verdict_at <= A_WHILE


# --- Money --------------------------------------------------------------------------------------


def agreed_value(
    *,
    direction: str,
    baseline: Decimal | None,
    target: Decimal | None,
    now: Decimal | None,
    money_per_unit: Decimal | None,
) -> Decimal | None:
    """Return what the change so far is worth a year, by the customer's own price per unit.

    None when a number was not agreed. Below zero when things got worse.
    """
    if baseline is None or now is None or money_per_unit is None:
        return None
    gained = (
        baseline - now
        if heads_down(direction, baseline=baseline, target=target)
        else now - baseline
    )
    return gained * money_per_unit


def roi(*, value: Decimal, price: Decimal, effort: Decimal) -> float | None:
    """Return (agreed value − cost) ÷ cost, where cost is our price and the customer's own effort.

    How much our product contributed is not multiplied in: it is the customer's word and stays apart.
    None when nothing was paid.
    """
    cost = price + effort
    return float((value - cost) / cost) if cost > 0 else None


# --- How a goal is worded and agreed -------------------------------------------------------------


def measurability(
    *,
    measure: str,
    unit: str,
    target: Decimal | None,
    due_on: date | None,
    source: str,
    direction: str = "",
) -> list[str]:
    """Return what is missing before anyone can tell whether a goal was reached, as sentences.

    A goal without a number may have an agreed yes/no test instead: direction "reach", the test as measure.
    """
    test = direction == "reach"
    missing = []
    if not measure.strip():
        missing.append(
            "Agree a yes/no test: what would you both look at?"
            if test
            else "Name the measure: what number will change?"
        )
    if not test and target is None:
        missing.append("Set the target: which value would be a success?")
    if not test and not unit.strip():
        missing.append("Name the unit: days, euros, per cent …")
    if due_on is None:
        missing.append("Set a date: by when?")
    if not source.strip():
        missing.append("Say where the number comes from, or who says so.")
    return missing


def wording_warnings(statement: str) -> list[str]:
    """Return gentle questions where a statement names a step or a feature rather than a result.

    A hint and never a refusal: the customer may mean exactly that.
    """
    said = statement.lower()
    warnings = []
    if _USING.search(said) or _wants_usage(said):
        warnings.append(
            "This tells how the product is used. What will be better for the customer because of it?"
        )
    step = _STEP.search(said)
    if step and not _CHANGE.search(said):
        warnings.append(
            f"“{step.group().strip().capitalize()}” is a milestone on the way. What should be different "
            "once it is done?"
        )
    return warnings


def _wants_usage(said: str) -> bool:
    """Say whether more usage is the goal itself; who wants less of something speaks of a result."""
    found = _MORE_USAGE.search(said) or _ACTIVITY.search(said)
    return found is not None and not _LESS.search(said[: found.start()])


_STEP = re.compile(
    r"\b(?:go(?:es|ing)?[ -]live|go-lives?|be live|launch(?:ed|es|ing)?"
    r"|roll(?:ed|s|ing)?[ -]?out|implement(?:ed|ation|ing|s)?|install(?:ed|ation|ing)?"
    r"|deploy(?:ed|ing|ment)?|migrat(?:e|ed|ing|ion)|set(?:ting)?[ -]up|integrat(?:e|ed|ing|ion)"
    r"|train(?:ed|ing)? (?:all|every|the|our)|complete (?:the )?onboarding)\b"
)
_THING = r"(?:features?|modules?|dashboards?|tool|platform|product|software|app|system|reports?|integrations?)"
_USING = re.compile(
    rf"(?<!stop )\b(?:us(?:e|es|ed|ing|age of)|adopt(?:s|ed|ing|ion of)?|activat(?:e|ed|ing|ion of)"
    rf"|enabl(?:e|ed|ing)|log(?:ging)? in(?:to)?)\b[^.!?]{{0,40}}\b{_THING}\b"
)
# What usage is measured by, where it is the thing itself: in "usage invoices" it only says which invoices.
_OF_ITS_OWN = (
    r"(?=\W*$|\s*[.,;:!?)/]|\s+(?:\d|(?:of|by|to|in|on|at|for|from|with|within|across|among|amongst|and|or|over|above"
    r"|per|than|up|rates?|levels?|figures?|every|each|all|must|should|is|are|rises?|grows?|doubles?|increases?"
    r"|before|after|until|this|next|while|as|a|the|daily|weekly|monthly)\b))"
)
_BETWEEN = r"(?:(?!(?:of|by|to|in|on|at|for|from|with|and|or)\b)[\w'’-]+\s+){0,4}"
_ACTIVITY = re.compile(
    rf"\b(?:adoption|log-?ins?|active users|licen[cs]e utili[sz]ation)\b{_OF_ITS_OWN}"
)
_MORE_USAGE = re.compile(
    r"\b(?:(?:increas|rais|grow|boost|driv|doubl|tripl|improv|lift|push|maximi[sz]|expand|encourag|reach|achiev)\w*"
    rf"|more|higher|daily|weekly|monthly|regular|active|product|platform|feature)\s+{_BETWEEN}usage\b{_OF_ITS_OWN}"
)
_LESS = re.compile(
    r"\b(?:cut|reduc|lower|less|few|decreas|sav|halv|minimi[sz]|stop|avoid|prevent|end)\w*\s+"
    rf"{_BETWEEN}$"
)
_CHANGE = re.compile(
    r"\b(?:less|fewer|faster|sooner|shorter|quicker|cheaper|lower|higher|better|more"
    r"|reduc\w*|cut|sav(?:e|es|ing)|halv\w*|doubl\w*|increas\w*|decreas\w*|grow\w*|rais\w*|avoid\w*"
    r"|instead of|without)\b"
)
