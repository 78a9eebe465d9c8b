"""What the vendor would miss besides its customers, as workspace files: settings, rates, grounds, looks back."""

from __future__ import annotations

RULE = '{"consecutive": 1, "need": null, "of": [{"event": "Route Planned", "times": 3}], "per": "month"}'
EARLIER = '{"consecutive": 1, "need": null, "of": [{"event": "Route Planned", "times": 1}], "per": "month"}'

OWN_MATTERS = {
    "colleagues": [
        {"colleague_email": "ada@vendor.example", "name": "Ada of Lovelace", "team": "North"},
        {"colleague_email": "ben@vendor.example", "name": "Ben", "team": "North"},
        {"colleague_email": "cy@vendor.example", "name": "Cy, who is named nowhere else"},
    ],
    "features": [
        {"feature_id": "routes", "name": "Routes", "events": '["Route Planned", "Route Changed"]',
         "made_at": "2025-01-05T08:00:00Z", "by_email": "ada@vendor.example"},
        {"feature_id": "old-routes", "name": "Routes", "events": '["Route"]', "made_at": "2024-01-05T08:00:00Z",
         "retired_at": "2025-01-04T08:00:00Z"},
    ],
    "behaviour_sets": [
        {"behaviour_set_id": "a-later-one", "first_version_id": "planning", "version": "2", "name": "Plans its routes",
         "rule": RULE, "segment": "Enterprise", "stage": "adoption", "means_value": "true",
         "made_at": "2025-02-05T08:00:00Z", "by_email": "ada@vendor.example"},
        {"behaviour_set_id": "planning", "first_version_id": "planning", "version": "1", "name": "Plans its routes",
         "rule": EARLIER, "made_at": "2025-01-05T08:00:00Z", "retired_at": "2025-02-05T08:00:00Z"},
    ],
    "goal_features": [{"goal_id": "faster", "feature_id": "routes", "at": "2025-03-01T08:00:00Z"}],
    "feeds": [
        {"goal_id": "faster", "kind": "ratio", "event": "Site Live", "property": "days", "over_event": "Site Live",
         "since": "2025-03-01", "at": "2025-03-01T08:00:00Z", "by_email": "ada@vendor.example",
         "disconnected_at": "2025-04-01T08:00:00Z"},
        {"goal_id": "faster", "kind": "set", "behaviour_set_id": "a-later-one", "since": "2025-04-01",
         "at": "2025-04-01T09:00:00Z"},
    ],
    "feedback_replies": [
        {"feedback_id": "f2", "at": "2026-05-20T08:00:00Z", "text": "You said, we did:\nthe oven is back",
         "by_email": "ben@vendor.example"},
    ],
    "occasions": [
        {"occasion_id": "0f" * 32, "contact_id": "cleo", "rule_id": "quarterly", "because": "It is their turn.",
         "goal_id": "faster", "contract_id": "h-2026", "found_at": "2026-05-01T08:00:00Z",
         "look_at": "2026-05-02T08:00:00Z", "lapses_at": "2026-07-01T08:00:00Z", "state": "asked",
         "decided_at": "2026-05-02T08:00:00Z", "ask_id": "q1"},
        {"occasion_id": "1f" * 32, "contact_id": "dov", "rule_id": "quarterly", "because": "It is their turn.",
         "found_at": "2026-05-01T08:00:00Z", "look_at": "2026-05-02T08:00:00Z", "lapses_at": "2026-07-01T08:00:00Z",
         "state": "not_asked", "reason_code": "no_address", "reason": "has no address.",
         "decided_at": "2026-05-01T08:00:00Z"},
    ],
    "post_mortems": [
        {"contract_id": "d-2025", "at": "2026-02-01T08:00:00Z", "recorded_at": "2026-02-02T08:00:00Z",
         "by_email": "ada@vendor.example", "cause": "external", "evidence": "Their letter", "avoidable": "false",
         "steps": '[{"because": "The oven broke", "evidence": "Their letter", "link": ""}]', "known": "true",
         "known_to": "Ben", "known_on": "2025-12-01", "quote": "It was the oven", "quoted": "dov",
         "lessons": "Ask about ovens"},
    ],
    "month_reviews": [
        {"month": "2026-01-01", "at": "2026-02-03T08:00:00Z", "by_email": "ada@vendor.example", "said": "One oven",
         "losses": "1", "judged": "1", "surprises": "0"},
    ],
    "lawful_bases": [
        {"contact_id": "cleo", "purpose": "relationship", "basis": "consent", "evidence": "Signed on 3 May",
         "at": "2025-05-03T00:00:00Z", "recorded_at": "2025-05-04T00:00:00Z", "by_email": "ada@vendor.example"},
        {"contact_id": "cleo", "purpose": "relationship", "basis": "none", "at": "2026-05-03T00:00:00Z"},
    ],
    "company": [
        {"name": "Beacon", "currency": "EUR", "language": "de", "time_zone": "Europe/Berlin",
         "confirm_by_code": "true", "set_up_at": "2024-01-01T08:00:00Z"},
    ],
    "asking_limits": [
        {"any_days": "40", "relationship_days": "200", "transactional_days": "100", "outcome_days": "9",
         "people_a_week": "2", "a_day": "50", "sends_from": "9", "sends_until": "17", "on_weekends": "true",
         "set_at": "2025-01-01T08:00:00Z", "by_email": "ada@vendor.example"},
    ],
    "retention": [
        {"kind": "voice.comments", "days": "900", "set_at": "2025-01-01T08:00:00Z", "by_email": "ada@vendor.example"},
        {"kind": "voice.feedback", "set_at": "2025-01-01T08:00:00Z"},
    ],
    "business_models": [
        {"business_model": "orders", "order_event": "Paid", "order_amount": "sum", "at": "2024-01-01T08:00:00Z"},
        {"business_model": "contract", "at": "2025-01-01T08:00:00Z", "by_email": "ada@vendor.example"},
    ],
    "exchange_rates": [
        {"currency": "USD", "into": "EUR", "per_unit": "0.92", "valid_from": "2020-01-01",
         "recorded_at": "2025-01-01T08:00:00Z", "by_email": "ada@vendor.example"},
        {"currency": "USD", "into": "EUR", "per_unit": "0.00000092", "valid_from": "2020-01-01",
         "recorded_at": "2024-01-01T08:00:00Z", "withdrawn_at": "2025-01-01T08:00:00Z",
         "withdrawn_by": "ada@vendor.example"},
    ],
    "base_rates": [{"due": "40", "renewed": "36", "at": "2024-01-01T08:00:00Z", "by_email": "ada@vendor.example"}],
    "safe_bars": [{"probability": "0.8", "at": "2025-01-01T08:00:00Z", "by_email": "ada@vendor.example"}],
    "digests": [
        {"person_email": "ada@vendor.example", "hour": "17", "made_at": "2025-01-01T08:00:00Z",
         "told_until": "2026-06-14T15:00:00Z"},
        {"person_email": "ben@vendor.example", "hour": "8", "made_at": "2025-01-01T08:00:00Z",
         "stopped_at": "2025-02-01T08:00:00Z"},
    ],
}  # fmt: skip
