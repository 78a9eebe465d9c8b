"""A small company as workspace files: every file, every column, two customers who know nothing of each other."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

from tests.connectors.workspace_files.own_matters import OWN_MATTERS

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)

HARBOUR = {
    "customers": [
        {"customer_id": "harbour", "name": "Harbour Logistics", "domain": "harbour.example", "segment": "Enterprise",
         "industry": "Logistics", "region": "EMEA", "owner_email": "ada@vendor.example", "stage": "adoption",
         "since": "2023-01-01", "parent_id": "holding", "why_bought": "Too many late deliveries", "promised_value":
         "Half of them", "promised_by": "Sam", "promise_quote": "“We halve it”, they said", "promise_source": "call",
         "language": "de"},
        {"customer_id": "holding", "name": "Harbour Holding"},
        {"customer_id": "dunes", "name": "Dunes, \"the\" bakery", "archived_at": "2026-02-01T08:00:00Z"},
    ],
    "contacts": [
        {"contact_id": "cleo", "customer_id": "harbour", "name": "Cleo Marsh", "email": "Cleo@harbour.example",
         "role": "champion", "title": "Head of Operations", "language": "en", "joined_on": "2020-05-01",
         "time_zone": "Europe/Berlin"},
        {"contact_id": "ana", "customer_id": "harbour", "name": "Ana Ruiz", "email": "ana@harbour.example",
         "role": "decision_maker", "left_on": "2026-03-31", "unsubscribed_at": "2026-01-01T00:00:00Z"},
        {"contact_id": "dov", "customer_id": "dunes", "name": "Dov Stein", "role": "user"},
    ],
    "contracts": [
        {"contract_id": "h-2025", "customer_id": "harbour", "starts_on": "2025-01-01", "ends_on": "2025-12-31",
         "arr": "120000.50", "currency": "EUR", "seats": "40", "plan": "Pro", "product": "Track", "auto_renew": "true",
         "notice_days": "90", "decision": "expanded", "decided_on": "2025-11-30", "new_arr": "150000",
         "recorded_at": "2025-12-01T09:00:00Z", "by_email": "ada@vendor.example"},
        {"contract_id": "h-2026", "customer_id": "harbour", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
         "arr": "150000", "currency": "EUR"},
        {"contract_id": "d-2025", "customer_id": "dunes", "starts_on": "2025-02-01", "ends_on": "2026-01-31",
         "arr": "9000", "currency": "USD", "decision": "churned", "decided_on": "2026-01-10", "churn_reason": "Closed",
         "churn_cause": "external", "avoidable": "false", "churn_evidence": "Their letter"},
    ],
    "surveys": [
        {"survey_id": "our-nps", "name": "Would they tell a colleague?", "kind": "nps", "purpose": "relationship",
         "made_at": "2025-01-01T08:00:00Z"},
        {"survey_id": "old", "name": "How was the training?", "kind": "custom", "purpose": "transactional",
         "made_at": "2024-01-01T08:00:00Z", "archived_at": "2025-01-01T08:00:00Z"},
    ],
    "survey_versions": [
        {"survey_version_id": "our-nps-1", "survey_id": "our-nps", "number": "1", "scale": "0-10", "direction": "up",
         "parts": '[{"type": "scale", "id": "score"}, {"id": "why", "type": "text"}]',
         "made_at": "2025-01-01T08:00:00Z", "by_email": "ada@vendor.example"},
        {"survey_version_id": "old-1", "survey_id": "old", "number": "1", "scale": "1-4", "direction": "down",
         "parts": '[{"id": "trouble", "type": "scale"}]', "made_at": "2024-01-01T08:00:00Z"},
    ],
    "wordings": [
        {"wording_id": "our-nps-1-de", "survey_version_id": "our-nps-1", "language": "de",
         "words": '{"subject": "Eine Frage", "question": "Empfehlen Sie uns?", "low": "nie", "high": "gewiß", "parts": '
         '{"why": "Warum?"}}', "made_at": "2025-01-01T08:00:00Z", "by_email": "ada@vendor.example"},
    ],
    "stages": [
        {"stage_id": "s1", "name": "trial", "segment": "Enterprise", "product": "Track", "position": "1",
         "starts_after_days": "0", "success_within_days": "14", "meaning": "First site live",
         "made_at": "2025-01-01T08:00:00Z"},
        {"stage_id": "s2", "name": "trial", "position": "2", "meaning": "As before", "made_at": "2024-01-01T08:00:00Z",
         "archived_at": "2025-01-01T08:00:00Z"},
    ],
    "asking_rules": [
        {"rule_id": "quarterly", "name": "Every quarter", "survey_id": "our-nps", "when": '{"on": "every", "months": 3}',
         "whom": '{"roles": ["champion"], "covers": true}', "sample_percent": "50", "hold_out_percent": "5",
         "made_at": "2025-01-01T08:00:00Z", "by_email": "ada@vendor.example", "on_since": "2025-02-01T08:00:00Z"},
        {"rule_id": "by-hand", "name": "By hand", "when": '{"on": "manual"}', "made_at": "2025-01-01T08:00:00Z",
         "archived_at": "2025-02-01T08:00:00Z"},
    ],
    "goals": [
        {"goal_id": "faster", "customer_id": "harbour", "statement": "New sites live in a week,\nnot a month",
         "whose_words": "customer", "category": "time", "stated_by": "cleo", "at": "2025-02-01T10:00:00Z",
         "priority": "1", "contract_id": "h-2025", "stage": "adoption", "pain": "Drivers wait",
         "constraints": "The port's own system is replaced in autumn"},
        {"goal_id": "paper", "customer_id": "harbour", "statement": "No more paper", "at": "2025-02-02",
         "retired_at": "2025-09-01T00:00:00Z", "retired_reason": "Replaced"},
    ],
    "revisions": [
        {"revision_id": "faster-1", "goal_id": "faster", "at": "2025-02-01T10:00:00Z", "measure": "days per site",
         "unit": "days", "direction": "down", "baseline": "30", "target": "7", "due_on": "2025-12-31", "reason": "Agreed",
         "agreed_by": "cleo", "guard_measure": "errors", "guard_limit": "5", "money_per_unit": "1000.5",
         "currency": "EUR", "baseline_on": "2025-01-15", "source": "their ERP", "measured_by": "Cleo",
         "cadence": "monthly", "stage": "adoption"},
    ],
    "results": [
        {"goal_id": "faster", "at": "2025-06-01T00:00:00Z", "value": "12.5", "measure": "days per site",
         "provenance": "customer", "reported_by": "cleo", "evidence": "Report", "recorded_at": "2025-06-03T08:00:00Z"},
        {"goal_id": "faster", "at": "2025-06-01T00:00:00Z", "value": "4", "measure": "errors"},
    ],
    "verdicts": [
        {"verdict_id": "v1", "goal_id": "faster", "contact_id": "cleo", "at": "2025-12-01T09:30:00Z",
         "verdict": "achieved", "helped": "yes", "comment": "Twice as fast"},
        {"verdict_id": "v2", "goal_id": "faster", "contact_id": "ana", "at": "2025-12-02T09:30:00Z",
         "verdict": "partly", "on_behalf_by": "ben@vendor.example", "evidence": "Call on 2 December"},
    ],
    "awareness": [
        {"goal_id": "faster", "contact_id": "cleo", "at": "2025-12-01T09:30:00Z", "state": "agreed"},
        {"goal_id": "faster", "contact_id": "ana", "at": "2025-11-01T09:30:00Z", "state": "told"},
    ],
    "asks": [
        {"ask_id": "q1", "contact_id": "cleo", "kind": "intent", "at": "2026-04-01T08:00:00Z", "channel": "mail",
         "delivered_at": "2026-04-01T08:00:05Z", "goal_id": "faster", "contract_id": "h-2026",
         "by_email": "ada@vendor.example"},
        {"ask_id": "q2", "contact_id": "dov", "kind": "nps", "at": "2025-04-01T08:00:00Z",
         "survey_version_id": "our-nps-1", "rule_id": "quarterly", "language": "de",
         "closes_at": "2025-05-01T08:00:00Z", "opened_at": "2025-04-02T07:59:00Z"},
    ],
    "answers": [
        {"answer_id": "a1", "ask_id": "q1", "contact_id": "cleo", "kind": "intent", "at": "2026-04-02T08:00:00.250Z",
         "value": "not_sure", "comment": "It depends", "would_make_it_yes": "An API"},
        {"answer_id": "a2", "ask_id": "q2", "contact_id": "dov", "kind": "nps", "at": "2025-04-02T08:00:00Z",
         "value": "9", "scale": "0-10", "flagged": "true", "flag_reason": "too fast", "survey_version_id": "our-nps-1",
         "language": "de", "details": '{"why":  "It works"}', "may_quote": "true", "via": "qr",
         "reviewed_at": "2025-04-03T08:00:00Z", "reviewed_by": "ada@vendor.example"},
        {"answer_id": "a3", "contact_id": "ana", "kind": "intent", "at": "2026-03-02T08:00:00Z", "value": "no",
         "on_behalf_by": "ada@vendor.example", "evidence": "Her mail"},
    ],
    "follow_ups": [
        {"answer_id": "a1", "owner_email": "ada@vendor.example", "due_on": "2026-05-01", "set_at":
         "2026-04-03T08:00:00Z", "closed_at": "2026-04-20T08:00:00Z", "reason": "They compare us",
         "would_make_it_yes": "An API by June"},
    ],
    "themes": [
        {"theme_id": "api", "name": "API; and exports", "made_at": "2026-04-05T08:00:00Z", "change": "There is one now",
         "changed_at": "2026-05-05T08:00:00Z"},
        {"theme_id": "paper", "name": "Paper", "made_at": "2026-04-05T08:00:00Z", "archived_at": "2026-05-05T08:00:00Z"},
    ],
    "feedback": [
        {"feedback_id": "answer:a1", "customer_id": "harbour", "contact_id": "cleo", "at": "2026-04-02T08:00:00.250Z",
         "text": "It depends\n\nAn API", "source": "answer", "theme": 'Paper;"API; and exports"', "goal_id": "faster",
         "status": "in_work", "answer_id": "a1", "product_area": "Interfaces", "owner_email": "ada@vendor.example",
         "due_on": "2026-06-30"},
        {"feedback_id": "f2", "customer_id": "dunes", "contact_id": "dov", "at": "2025-05-01T08:00:00Z", "text": "Too much paper",
         "source": "interview", "status": "done", "replied_at": "2025-06-01T08:00:00Z", "language": "en",
         "recorded_at": "2025-05-02T08:00:00Z", "ask_id": "q2", "closed_at": "2025-06-01T08:00:00Z"},
    ],
    "promises": [
        {"promise_id": "p1", "customer_id": "harbour", "contact_id": "cleo", "text": "An API by June",
         "at": "2026-04-06T08:00:00Z", "due_on": "2026-06-30", "kept_at": "2026-06-01T08:00:00Z",
         "by_email": "ada@vendor.example", "feedback_id": "answer:a1"},
        {"promise_id": "p2", "customer_id": "dunes", "text": "A visit", "at": "2025-04-06T08:00:00Z",
         "broken_at": "2025-06-01T08:00:00Z"},
    ],
    "suppressions": [
        {"suppression_id": "x1", "address": "Ana@harbour.example", "contact_id": "ana", "scope": "all",
         "cause": "unsubscribed", "at": "2026-01-01T00:00:00Z", "lifted_at": "2026-02-01T00:00:00Z"},
        {"suppression_id": "x2", "address_hash": "5f" * 32, "scope": "surveys", "cause": "bounced",
         "detail": "550 no such user", "at": "2026-01-01T00:00:00Z"},
    ],
    "beliefs": [
        {"contract_id": "h-2026", "at": "2026-03-01T08:00:00Z", "probability": "0.85", "reason": "They like us",
         "by_email": "ada@vendor.example"},
        {"contract_id": "h-2026", "at": "2026-03-01T08:00:00Z", "probability": "0.5"},
    ],
    "signals": [
        {"customer_id": "harbour", "name": "health_score", "at": "2026-05-01T00:00:00Z", "value": "81.25",
         "recorded_at": "2026-05-02T00:00:00Z"},
        {"customer_id": "dunes", "name": "nps", "at": "2025-05-01", "value": "-3"},
    ],
    "milestones": [
        {"milestone_id": "m1", "customer_id": "harbour", "goal_id": "faster", "title": "First site live",
         "side": "theirs", "due_on": "2025-03-01", "done_at": "2025-03-05T00:00:00Z", "position": "1",
         "behaviour_set_id": "a-later-one", "measured_at": "2025-03-05T00:00:00Z",
         "reopened_at": "2025-03-04T00:00:00Z"},
        {"milestone_id": "m2", "customer_id": "dunes", "title": "Kick-off"},
    ],
    "touchpoints": [
        {"touchpoint_id": "t1", "customer_id": "harbour", "at": "2026-02-01T09:00:00Z", "kind": "call",
         "value_conversation": "true", "summary": "Went through the year", "contact_ids": "cleo;ana",
         "by_email": "ada@vendor.example"},
    ],
    "investments": [
        {"investment_id": "i1", "customer_id": "harbour", "goal_id": "faster", "at": "2025-03-01T00:00:00Z",
         "amount": "20000", "currency": "EUR", "assumptions": "40 days", "stated_by": "cleo"},
    ],
    **OWN_MATTERS,
}  # fmt: skip

Rows = dict[str, list[dict[str, str]]]


def write(folder: Path, rows: Rows = HARBOUR, **more: list[dict[str, str]]) -> Path:
    """Write workspace files; `more` replaces or adds files by name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, some in {**rows, **more}.items():
        write_file(folder / f"{name}.csv", some)
    return folder


def write_file(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write one file with the columns its rows have."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, to compare byte by byte."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
