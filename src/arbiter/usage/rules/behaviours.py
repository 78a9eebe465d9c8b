"""What a rule over events says: whether it can be told, in its plainest form, and in words.

A rule is kept as JSON: `{"of": [{"event": "Invoice Sent", "times": 5}], "need": 1, "per": "month", "consecutive": 3}`
is "Invoice Sent at least 5 times in a month, in 3 months in a row". Without `need` all of it is needed, without `per`
it is looked for over all time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PERIODS = ("day", "week", "month")
MOST_BEHAVIOURS = 20
MOST_TIMES = 100_000
MOST_CONSECUTIVE = 60


def problem_of(rule: Mapping[str, Any]) -> str:
    """Return what is wrong with a rule, in a sentence; "" where nothing is.

    Examples:
        >>> problem_of({"of": []})
        'Name at least one event.'
        >>> problem_of({"of": [{"event": "Export"}]})
        ''
    """
    of = rule.get("of")
    if not isinstance(of, list) or not of:
        return "Name at least one event."
    if len(of) > MOST_BEHAVIOURS:
        return f"A set has at most {MOST_BEHAVIOURS} behaviours."
    return _problem_of_behaviours(of) or _problem_of_run(rule, len(of))


def plain(rule: Mapping[str, Any]) -> dict[str, Any]:
    """Return a rule with every part said, as it is kept and compared.

    Examples:
        >>> plain({"of": [{"event": " Export "}]})
        {'of': [{'event': 'Export', 'times': 1}], 'need': None, 'per': None, 'consecutive': 1}
    """
    of = [
        {"event": each["event"].strip(), "times": int(each.get("times") or 1)}
        for each in rule["of"]
    ]
    need = rule.get("need") or None
    per = rule.get("per") or None
    return {
        "of": of,
        "need": int(need) if need and int(need) < len(of) else None,
        "per": per,
        "consecutive": int(rule.get("consecutive") or 1) if per else 1,
    }


def words(rule: Mapping[str, Any]) -> str:
    """Return a rule as a sentence without its stop.

    Examples:
        >>> words({"of": [{"event": "Invoice Sent", "times": 5}], "per": "month", "consecutive": 3})
        'Invoice Sent at least 5 times in a month, in 3 months in a row'
        >>> words({"of": [{"event": "Export"}, {"event": "Share"}], "need": 1})
        'any of: Export; Share'
        >>> words({"of": [{"event": "Export"}, {"event": "Share"}, {"event": "Invite"}], "need": 2, "per": "week"})
        'at least 2 of: Export; Share; Invite, in a week'
    """
    told = plain(rule)
    parts = [_behaviour(each) for each in told["of"]]
    what = parts[0] if len(parts) == 1 else f"{_of(told['need'])}: {'; '.join(parts)}"
    per, row = told["per"], told["consecutive"]
    if per is None:
        return what
    within = f"in a {per}" if len(parts) == 1 else f", in a {per}"
    joined = f"{what} {within}" if len(parts) == 1 else f"{what}{within}"
    return joined if row == 1 else f"{joined}, in {row} {per}s in a row"


def events_of(rule: Mapping[str, Any]) -> list[str]:
    """Return the names of the events that a rule is about."""
    return [each["event"] for each in plain(rule)["of"]]


def _problem_of_behaviours(of: list[Any]) -> str:
    for each in of:
        named = each.get("event") if isinstance(each, Mapping) else None
        if not isinstance(named, str) or not named.strip():
            return "Each behaviour names an event."
        if not _is_between(each.get("times") or 1, MOST_TIMES):
            return f"An event is done from 1 to {MOST_TIMES:,} times."
    if len({each["event"].strip() for each in of}) < len(of):
        return "Name each event once."
    return ""


def _problem_of_run(rule: Mapping[str, Any], behaviours: int) -> str:
    need, per, row = rule.get("need"), rule.get("per"), rule.get("consecutive") or 1
    if need and not _is_between(need, behaviours):
        return f"From 1 to {behaviours} of the {behaviours} behaviours can be needed."
    if per and per not in PERIODS:
        return "A period is a day, a week or a month."
    if not _is_between(row, MOST_CONSECUTIVE):
        return f"From 1 to {MOST_CONSECUTIVE} periods can be in a row."
    if int(row) > 1 and not per:
        return "Say of which periods so many are in a row."
    return ""


def _is_between(number: Any, most: int) -> bool:
    try:
        return 1 <= int(number) <= most
    except (TypeError, ValueError):
        return False


def _behaviour(each: Mapping[str, Any]) -> str:
    times = each["times"]
    return str(each["event"]) if times == 1 else f"{each['event']} at least {times:,} times"


def _of(need: int | None) -> str:
    if need is None:
        return "all of"
    return "any of" if need == 1 else f"at least {need} of"
