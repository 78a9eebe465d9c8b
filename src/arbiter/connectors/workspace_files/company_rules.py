"""What the cells of one row of a company's own settings and records must say together."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from arbiter.usage.actions import intake as usage

Columns = Mapping[str, Sequence[str]]
Found = Iterator[tuple[int, str, str]]
Rule = Callable[[Columns], Found]
# What each cause of a loss is told by.
STEP = {"because", "evidence", "link"}


def _of_row(check: Callable[..., str], *names: str) -> Rule:
    """A rule that looks at some cells of each row and finds fault with the last."""

    def rule(columns: Columns) -> Found:
        for place, cells in enumerate(zip(*(columns[name] for name in names), strict=True)):
            fault = check(*cells)
            if fault:
                yield place, names[-1], fault

    return rule


def _is_more(low: str, high: str) -> str:
    if not high or Decimal(high) <= Decimal(low or 0):
        return ""
    return f"it is more than it is taken from ({low}). Correct one of the two."


def _is_nothing(number: str) -> str:
    return "it has to be above 0. Correct it." if number and Decimal(number) <= 0 else ""


def _closes_before_it_opens(opens: str, closes: str) -> str:
    if not closes or int(closes) > int(opens or 0):
        return ""
    return f"the last hour does not come after the first ({opens}). Correct one of the two."


def _same_currency(currency: str, into: str) -> str:
    return "a currency needs no rate into itself. Leave the row out." if currency and currency == into else ""  # fmt: skip


def _unproved(basis: str, evidence: str) -> str:
    missing = basis == "consent" and not evidence.strip()
    return "consent counts only where it can be shown. Say when and how they consented." if missing else ""  # fmt: skip


def _unshown(cause: str, evidence: str) -> str:
    missing = cause == "external" and not evidence
    return "something has to show that the loss was not ours. Fill in evidence." if missing else ""


def _unexplained(state: str, reason: str) -> str:
    missing = state == "not_asked" and not reason
    return "whoever is not asked is owed a reason. Fill it in." if missing else ""


def _unnamed_events(events: str) -> str:
    named = json.loads(events) if events else [""]
    fits = bool(named) and all(isinstance(each, str) for each in named)
    return "" if fits else "a feature is known by the names of its events. List them."


def _unsound(rule: str) -> str:
    return usage.fault_of_rule(json.loads(rule)) if rule else ""


def _unlike_causes(steps: str) -> str:
    named = json.loads(steps) if steps else []
    fits = all(
        isinstance(each, dict)
        and set(each) == STEP
        and all(isinstance(said, str) for said in each.values())
        for each in named
    )
    return "" if fits else "it is no chain of causes. Write it as an export does."


def _version_twice(columns: Columns) -> Found:
    seen: set[tuple[str, str]] = set()
    rows = zip(
        columns["first_version_id"], columns["behaviour_set_id"], columns["version"], strict=True
    )
    for place, (first, key, version) in enumerate(rows):
        if version and (first or key, version) in seen:
            yield (
                place,
                "version",
                "another row is the same version of this set. Keep one of the two.",
            )
        seen.add((first or key, version))


def _unclear_feed(columns: Columns) -> Found:
    names = ("kind", "event", "property", "over_event", "over_property", "behaviour_set_id")
    for place, row in enumerate(zip(*(columns[name] for name in names), strict=True)):
        column, fault = _fault_of_feed(*row)
        if fault:
            yield place, column, fault


def _fault_of_feed(
    kind: str, event: str, summed: str, over_event: str, over_property: str, chosen: str
) -> tuple[str, str]:
    if not kind:
        return "", ""
    if (kind == "set") != bool(chosen) or (kind != "set") != bool(event):
        return "event", "name a set of behaviours where the kind is set, and an event elsewhere."
    if kind in {"sum", "max"} and not summed:
        return "property", "say which property of the event is counted."
    if (kind == "ratio") != bool(over_event) or (over_property and kind != "ratio"):
        return "over_event", "a ratio, and nothing else, is divided by another event."
    return "", ""


RULES: Mapping[str, Sequence[Rule]] = {
    "features": (_of_row(_unnamed_events, "events"),),
    "behaviour_sets": (_of_row(_unsound, "rule"), _version_twice),
    "feeds": (_unclear_feed,),
    "occasions": (_of_row(_unexplained, "state", "reason"),),
    "lawful_bases": (_of_row(_unproved, "basis", "evidence"),),
    "post_mortems": (
        _of_row(_unshown, "cause", "evidence"),
        _of_row(_unlike_causes, "steps"),
    ),
    "month_reviews": (
        _of_row(_is_more, "losses", "judged"),
        _of_row(_is_more, "judged", "surprises"),
    ),
    "asking_limits": (_of_row(_closes_before_it_opens, "sends_from", "sends_until"),),
    "retention": (_of_row(_is_nothing, "days"),),
    "exchange_rates": (
        _of_row(_is_nothing, "per_unit"),
        _of_row(_same_currency, "currency", "into"),
    ),
    "base_rates": (_of_row(_is_nothing, "due"), _of_row(_is_more, "due", "renewed")),
    "safe_bars": (_of_row(_is_nothing, "probability"),),
}
