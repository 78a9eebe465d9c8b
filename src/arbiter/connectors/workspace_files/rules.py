"""What the cells of one row must say together. Pure: columns of canonical text in, problems out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from arbiter.connectors.workspace_files import company_rules
from arbiter.connectors.workspace_files.company_rules import Columns, Found, Rule
from arbiter.engagement.actions import intake as engagement
from arbiter.voice.actions import intake as voice


def _ends_before_start(columns: Columns) -> Found:
    for place, (start, end) in enumerate(
        zip(columns["starts_on"], columns["ends_on"], strict=True)
    ):
        if end < start:
            yield place, "ends_on", f"the contract ends before it starts ({start}). Correct one of the two dates."  # fmt: skip


def _needs(column: str, other: str, reason: str) -> Rule:
    def rule(columns: Columns) -> Found:
        for place, (said, beside) in enumerate(zip(columns[column], columns[other], strict=True)):
            if said and not beside:
                yield place, other, reason

    return rule


def _only_with(column: str, other: str, reason: str) -> Rule:
    def rule(columns: Columns) -> Found:
        for place, (said, beside) in enumerate(zip(columns[column], columns[other], strict=True)):
            if said and not beside:
                yield place, column, reason

    return rule


def _only_churn(columns: Columns) -> Found:
    of_a_loss = ("churn_reason", "churn_cause", "avoidable", "churn_evidence")
    for name in of_a_loss:
        for place, (said, decision) in enumerate(zip(columns[name], columns["decision"], strict=True)):  # fmt: skip
            if said and decision != "churned":
                yield place, name, "only a contract whose decision is churned has it. Leave it empty, or set the decision."  # fmt: skip


def _left_before_joining(columns: Columns) -> Found:
    for place, (joined, left) in enumerate(zip(columns["joined_on"], columns["left_on"], strict=True)):  # fmt: skip
        if joined and left and left < joined:
            yield place, "left_on", f"the contact left before joining ({joined}). Correct one of the two dates."  # fmt: skip


def _own_parent(columns: Columns) -> Found:
    for place, (key, parent) in enumerate(zip(columns["customer_id"], columns["parent_id"], strict=True)):  # fmt: skip
        if parent and parent == key:
            yield place, "parent_id", "a customer is not its own parent. Leave it empty."


def _answers_fit(columns: Columns) -> Found:
    rows = zip(columns["kind"], columns["value"], columns["scale"], strict=True)
    for place, (kind, value, scale) in enumerate(rows):
        reason = _why_no_answer(kind, value, scale)
        if reason:
            yield place, "value", reason


def _why_no_answer(kind: str, value: str, scale: str) -> str:
    if kind == "intent":
        known = value in {"yes", "no", "not_sure"}
        return "" if known else "it is no answer to “will you continue?”. Use yes, no or not_sure."
    if kind == "nps" and not scale:
        scale = "0-10"
    if not scale:
        return ""
    low, high = map(int, scale.split("-"))
    try:
        fits = low <= Decimal(value) <= high
    except ArithmeticError:
        fits = False
    return "" if fits else f"it does not lie on the scale {scale}. Correct the value or the scale."


_SAID_BY_OTHERS = (
    "an entry on behalf of a contact needs to say where it was said. Fill in evidence."
)
_IN_WHICH = "an amount needs its currency. Name it as three letters, such as EUR."
_UNDECIDED = "it belongs to a decision, and there is none. Set the decision, or leave it empty."


def _once_together(*names: str, unless: str = "") -> Rule:
    """Rows that say the same in some columns cannot both be kept; those put away count for nothing."""

    def rule(columns: Columns) -> Found:
        seen: set[tuple[str, ...]] = set()
        rows = zip(*(columns[name] for name in names), strict=True)
        for place, row in enumerate(rows):
            if not any(row) or (unless and columns[unless][place]):
                continue
            if row in seen:
                yield place, names[-1], f"another row has the same {' and '.join(names)}. Keep one of the two."  # fmt: skip
            seen.add(row)

    return rule


def _parts_can_be_asked(columns: Columns) -> Found:
    for place, (parts, scale) in enumerate(zip(columns["parts"], columns["scale"], strict=True)):
        fault = voice.fault_of_parts(json.loads(parts), scale) if parts else ""
        if fault:
            yield place, "parts", fault


def _rules_can_work(columns: Columns) -> Found:
    for place, (when, whom) in enumerate(zip(columns["when"], columns["whom"], strict=True)):
        if not when:
            continue
        column, fault = engagement.fault_of_rule(json.loads(when), json.loads(whom or "{}"))
        if fault:
            yield place, column, fault


def _kept_or_broken(columns: Columns) -> Found:
    for place, (kept, broken) in enumerate(zip(columns["kept_at"], columns["broken_at"], strict=True)):  # fmt: skip
        if kept and broken:
            yield place, "broken_at", "a promise that was kept was not broken. Leave one of the two empty."  # fmt: skip


def _address_or_hash(columns: Columns) -> Found:
    rows = zip(columns["address"], columns["address_hash"], columns["scope"], strict=True)
    for place, (address, told, scope) in enumerate(rows):
        if scope and not address and not told:
            yield place, "address", "it says nobody’s address. Fill in the address, or the hash that is left of it."  # fmt: skip


RULES: Mapping[str, Sequence[Rule]] = {
    "customers": (_own_parent,),
    "contacts": (_left_before_joining,),
    "contracts": (
        _ends_before_start,
        _needs("arr", "currency", _IN_WHICH),
        _needs("new_arr", "currency", _IN_WHICH),
        _only_churn,
        _only_with("decided_on", "decision", _UNDECIDED),
        _only_with("new_arr", "decision", _UNDECIDED),
        _only_with("recorded_at", "decision", _UNDECIDED),
        _only_with("by_email", "decision", _UNDECIDED),
    ),
    "revisions": (_needs("money_per_unit", "currency", _IN_WHICH),),
    "verdicts": (_needs("on_behalf_by", "evidence", _SAID_BY_OTHERS),),
    "survey_versions": (_parts_can_be_asked, _once_together("survey_id", "number")),
    "stages": (_once_together("name", "segment", "product", unless="archived_at"),),
    "asking_rules": (_rules_can_work,),
    "promises": (_kept_or_broken,),
    "suppressions": (_address_or_hash,),
    "answers": (_needs("on_behalf_by", "evidence", _SAID_BY_OTHERS), _answers_fit),
    **company_rules.RULES,
    "features": (*company_rules.RULES["features"], _once_together("name", unless="retired_at")),
    "behaviour_sets": (
        *company_rules.RULES["behaviour_sets"],
        _once_together("name", unless="retired_at"),
    ),
    "feeds": (*company_rules.RULES["feeds"], _once_together("goal_id", unless="disconnected_at")),
    "exchange_rates": (
        *company_rules.RULES["exchange_rates"],
        _once_together("currency", "into", "valid_from", unless="withdrawn_at"),
    ),
}


def broken(file: str, columns: Columns) -> Found:
    """Yield place, column and reason of every rule that a row breaks."""
    for rule in RULES.get(file, ()):
        yield from rule(columns)
