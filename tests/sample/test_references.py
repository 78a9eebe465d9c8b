"""Every key resolves, every fact has its author, and nothing happens out of order."""

from collections import Counter

import pytest

REFERENCES = [
    ("customers", "parent_id", "customers", "customer_id"),
    ("contacts", "customer_id", "customers", "customer_id"),
    ("contracts", "customer_id", "customers", "customer_id"),
    ("goals", "customer_id", "customers", "customer_id"),
    ("goals", "stated_by", "contacts", "contact_id"),
    ("goals", "contract_id", "contracts", "contract_id"),
    ("revisions", "goal_id", "goals", "goal_id"),
    ("revisions", "agreed_by", "contacts", "contact_id"),
    ("results", "goal_id", "goals", "goal_id"),
    ("verdicts", "goal_id", "goals", "goal_id"),
    ("verdicts", "contact_id", "contacts", "contact_id"),
    ("awareness", "goal_id", "goals", "goal_id"),
    ("awareness", "contact_id", "contacts", "contact_id"),
    ("asks", "contact_id", "contacts", "contact_id"),
    ("asks", "goal_id", "goals", "goal_id"),
    ("asks", "contract_id", "contracts", "contract_id"),
    ("answers", "ask_id", "asks", "ask_id"),
    ("answers", "contact_id", "contacts", "contact_id"),
    ("follow_ups", "answer_id", "answers", "answer_id"),
    ("beliefs", "contract_id", "contracts", "contract_id"),
    ("signals", "customer_id", "customers", "customer_id"),
    ("milestones", "customer_id", "customers", "customer_id"),
    ("milestones", "goal_id", "goals", "goal_id"),
    ("touchpoints", "customer_id", "customers", "customer_id"),
    ("feedback", "customer_id", "customers", "customer_id"),
    ("feedback", "contact_id", "contacts", "contact_id"),
    ("investments", "customer_id", "customers", "customer_id"),
    ("investments", "goal_id", "goals", "goal_id"),
    ("investments", "stated_by", "contacts", "contact_id"),
]
KEYS = {
    "customers": ("customer_id",), "contacts": ("contact_id",), "contracts": ("contract_id",), "goals": ("goal_id",),
    "revisions": ("revision_id",), "results": ("goal_id", "measure", "at"), "verdicts": ("verdict_id",),
    "awareness": ("goal_id", "contact_id", "at", "state"), "asks": ("ask_id",), "answers": ("answer_id",),
    "beliefs": ("contract_id", "at"), "follow_ups": ("answer_id", "set_at"), "investments": ("investment_id",), "signals": ("customer_id", "name", "at"), "milestones": ("milestone_id",),
    "touchpoints": ("touchpoint_id",), "feedback": ("feedback_id",),
}  # fmt: skip
HAPPENED = {
    "goals": ("at", "recorded_at", "retired_at"), "revisions": ("at", "recorded_at"), "results": ("at", "recorded_at"),
    "verdicts": ("at", "recorded_at"), "awareness": ("at", "recorded_at"), "asks": ("at", "delivered_at"),
    "answers": ("at", "recorded_at"), "beliefs": ("at", "recorded_at"), "signals": ("at", "recorded_at"),
    "milestones": ("done_at",), "touchpoints": ("at", "recorded_at"), "feedback": ("at", "recorded_at", "replied_at"),
    "contacts": ("joined_on", "left_on"), "contracts": ("decided_on",), "customers": ("since", "archived_at"),
    "follow_ups": ("set_at", "closed_at"), "investments": ("at",),
}  # fmt: skip


@pytest.mark.parametrize(("file", "column", "target", "key"), REFERENCES)
def test_every_reference_resolves(ledgerly, file, column, target, key):
    known = {row[key] for row in ledgerly.rows(target)}

    assert {row[column] for row in ledgerly.rows(file) if row[column]} <= known


@pytest.mark.parametrize("file", KEYS)
def test_every_key_is_there_once(ledgerly, file):
    keys = Counter(tuple(row[column] for column in KEYS[file]) for row in ledgerly.rows(file))

    assert [key for key, count in keys.items() if count > 1] == []


def test_people_named_in_touchpoints_exist(ledgerly):
    named = {
        one for row in ledgerly.rows("touchpoints") for one in row["contact_ids"].split(";") if one
    }

    assert named <= set(ledgerly.contacts)


@pytest.mark.parametrize("file", HAPPENED)
def test_no_fact_is_dated_after_yesterday(ledgerly, file):
    dates = [row[column] for row in ledgerly.rows(file) for column in HAPPENED[file] if row[column]]

    assert dates
    assert max(dates) < ledgerly.day(0)


@pytest.mark.parametrize(
    "file", [file for file, columns in HAPPENED.items() if "recorded_at" in columns]
)
def test_nothing_is_known_before_it_is_true(ledgerly, file):
    assert all(
        row["recorded_at"] > row["at"] for row in ledgerly.rows(file) if row.get("recorded_at")
    )


def test_some_facts_became_known_later_than_they_were_true(ledgerly):
    for file in ("goals", "results", "verdicts", "answers", "signals", "touchpoints"):
        assert any(row["recorded_at"] for row in ledgerly.rows(file)), file


def test_an_answer_follows_its_question_and_comes_from_the_person_asked(ledgerly):
    asks = {row["ask_id"]: row for row in ledgerly.rows("asks")}

    for answer in ledgerly.rows("answers"):
        ask = asks[answer["ask_id"]]
        assert answer["at"] > ask["at"]
        assert (answer["contact_id"], answer["kind"]) == (ask["contact_id"], ask["kind"])


def test_a_verdict_comes_from_the_customer_whose_goal_it_is(ledgerly):
    for row in ledgerly.rows("verdicts"):
        assert (
            ledgerly.customer_of(row["contact_id"]) == ledgerly.goals[row["goal_id"]]["customer_id"]
        )
        assert row["at"] > ledgerly.goals[row["goal_id"]]["at"]


def test_an_intent_is_asked_of_the_customer_whose_contract_it_is(ledgerly):
    owner = {row["contract_id"]: row["customer_id"] for row in ledgerly.contracts}

    for row in ledgerly.rows("asks"):
        if row["contract_id"]:
            assert ledgerly.customer_of(row["contact_id"]) == owner[row["contract_id"]]


def test_whoever_has_left_says_nothing_more(ledgerly):
    for file in ("verdicts", "answers"):
        for row in ledgerly.rows(file):
            left_on = ledgerly.contacts[row["contact_id"]]["left_on"]
            assert not left_on or row["at"][:10] <= left_on, row


def test_terms_follow_each_other_and_end_after_they_start(ledgerly):
    assert all(row["ends_on"] > row["starts_on"] for row in ledgerly.contracts)
    for row in ledgerly.lost:
        later = [
            one
            for one in ledgerly.contracts
            if one["customer_id"] == row["customer_id"] and one["starts_on"] > row["ends_on"]
        ]
        assert later == []


def test_every_decision_says_when_and_every_loss_says_why(ledgerly):
    for row in ledgerly.contracts:
        assert bool(row["decision"]) == bool(row["decided_on"])
    for row in ledgerly.lost:
        assert row["churn_reason"]
        assert row["churn_cause"] in {"ours", "external", "payment"}
        assert row["avoidable"] in {"true", "false"}
