"""Companies nobody would think up, as workspace files (for hypothesis)."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.connectors.workspace_files import own_companies
from tests.connectors.workspace_files.company import Rows
from tests.connectors.workspace_files.drawn import (
    amounts,
    booleans,
    days,
    floats,
    instants,
    keys,
    maybe,
    numbers,
    once,
    people,
    probabilities,
    texts,
    words,
)


@st.composite
def companies(draw) -> Rows:
    """A company whose rows refer to one another as they should."""
    customers = draw(st.lists(keys, min_size=1, max_size=3, unique=True))
    contacts = draw(_keyed(customers, 4))
    contracts = draw(_keyed(customers, 3))
    goals = draw(_keyed(customers, 3))
    rows: Rows = {
        "customers": [draw(_customer(key)) for key in customers],
        "contacts": [draw(_contact(key, whose)) for key, whose in contacts.items()],
        "contracts": [draw(_contract(key, whose)) for key, whose in contracts.items()],
        "goals": [draw(_goal(key, whose, contacts, contracts)) for key, whose in goals.items()],
        "revisions": [draw(_revision(f"r{number}", key, whose, contacts)) for number, (key, whose) in enumerate(goals.items())],
        "results": once(("goal_id", "measure", "at", "recorded_at"), [draw(_result(key)) for key in goals]),
        "verdicts": [row for key, whose in goals.items() for row in draw(_verdicts(key, whose, contacts))],
        "asks": [draw(_ask(f"q{number}", key)) for number, key in enumerate(contacts)],
        "answers": [draw(_answer(number, key)) for number, key in enumerate(contacts)],
        "awareness": once(("goal_id",), [draw(_awareness(key, whose, contacts)) for key, whose in goals.items() if whose in contacts.values()]),
        "follow_ups": [draw(_follow_up(f"a{number}")) for number, _ in enumerate(contacts)],
        "investments": [draw(_investment(f"i{number}", key)) for number, key in enumerate(customers)],
        "beliefs": [draw(_belief(key)) for key in contracts],
        "signals": once(("customer_id", "name", "at"), [draw(_signal(key)) for key in customers]),
        "milestones": [draw(_milestone(f"m{number}", key)) for number, key in enumerate(customers)],
        "touchpoints": [draw(_touchpoint(f"t{number}", key, contacts)) for number, key in enumerate(customers)],
    }  # fmt: skip
    asking = draw(own_companies.asking())
    rules = [row["rule_id"] for row in asking["asking_rules"]]
    rows |= (
        asking
        | draw(own_companies.told(customers, contacts, goals))
        | draw(own_companies.used(list(goals)))
        | draw(own_companies.remembered(contacts, contracts, rules))
        | draw(own_companies.settings_of())
    )
    return {name: some for name, some in rows.items() if some}


def _keyed(customers, most):
    return st.dictionaries(keys, st.sampled_from(customers), max_size=most)


def _customer(key):
    return st.fixed_dictionaries(
        {"customer_id": st.just(key), "name": words, "segment": texts, "owner_email": people, "since": maybe(days),
         "why_bought": texts, "language": st.sampled_from(["", "de"]), "archived_at": maybe(instants), "of their own, \"quoted\"": texts}
    )  # fmt: skip


def _contact(key, whose):
    roles = st.sampled_from(["", "decision_maker", "champion", "other"])
    return st.fixed_dictionaries(
        {"contact_id": st.just(key), "customer_id": st.just(whose), "name": words, "role": roles, "title": texts,
         "unsubscribed_at": maybe(instants), "time_zone": st.sampled_from(["", "Europe/Berlin"])}
    )  # fmt: skip


@st.composite
def _contract(draw, key, whose):
    starts, ends = sorted([draw(days), draw(days)])
    row = {"contract_id": key, "customer_id": whose, "starts_on": starts, "ends_on": ends, "arr": draw(maybe(amounts)),
           "currency": draw(st.sampled_from(["EUR", "usd"])), "auto_renew": draw(booleans), "plan": draw(texts)}  # fmt: skip
    decision = draw(st.sampled_from(["", "renewed", "expanded", "churned"]))
    row["decision"] = decision
    lost = decision == "churned"
    row["decided_on"] = draw(maybe(days)) if decision else ""
    row["recorded_at"] = draw(maybe(instants)) if decision else ""
    row["churn_reason"] = draw(texts) if lost else ""
    row["avoidable"] = draw(booleans) if lost else ""
    return row


@st.composite
def _goal(draw, key, whose, contacts, contracts):
    theirs = [each for each, customer in contacts.items() if customer == whose]
    terms = [each for each, customer in contracts.items() if customer == whose]
    return {
        "goal_id": key, "customer_id": whose, "statement": draw(words), "at": draw(instants),
        "recorded_at": draw(maybe(instants)), "stated_by": draw(st.sampled_from(["", *theirs])),
        "contract_id": draw(st.sampled_from(["", *terms])), "category": draw(st.sampled_from(["", "time", "roi"])),
        "retired_at": draw(maybe(instants)), "pain": draw(texts),
        "constraints": draw(texts),
    }  # fmt: skip


@st.composite
def _revision(draw, key, goal, whose, contacts):
    theirs = [each for each, customer in contacts.items() if customer == whose]
    return {
        "revision_id": key, "goal_id": goal, "at": draw(instants), "measure": draw(st.sampled_from(["", "days", "cost"])),
        "baseline": draw(maybe(numbers)), "target": draw(maybe(numbers)), "due_on": draw(maybe(days)),
        "agreed_by": draw(st.sampled_from(["", *theirs])), "reason": draw(texts), "cadence": draw(texts),
    }  # fmt: skip


def _result(goal):
    measures = st.sampled_from(["", "days", "errors"])
    return st.fixed_dictionaries(
        {"goal_id": st.just(goal), "at": instants, "recorded_at": maybe(instants), "value": numbers,
         "measure": measures, "evidence": texts}
    )  # fmt: skip


@st.composite
def _verdicts(draw, goal, whose, contacts):
    theirs = [each for each, customer in contacts.items() if customer == whose]
    return [
        {
            "verdict_id": f"{goal}/{number}", "goal_id": goal, "contact_id": contact, "at": draw(instants),
            "verdict": draw(st.sampled_from(["achieved", "partly", "not", "too_early"])), "comment": draw(texts),
            "on_behalf_by": draw(people), "evidence": draw(words),
        }
        for number, contact in enumerate(theirs)
        if len(goal) < 150
    ]  # fmt: skip


def _ask(key, contact):
    return st.fixed_dictionaries(
        {"ask_id": st.just(key), "contact_id": st.just(contact), "kind": st.sampled_from(["intent", "nps"]),
         "at": instants, "delivered_at": maybe(instants), "by_email": people}
    )  # fmt: skip


def _answer(number, contact):
    return st.fixed_dictionaries(
        {"answer_id": st.just(f"a{number}"), "ask_id": st.just(f"q{number}"), "contact_id": st.just(contact),
         "kind": st.just("intent"), "at": instants, "value": st.sampled_from(["yes", "no", "not_sure"]),
         "comment": texts, "flagged": booleans}
    )  # fmt: skip


def _follow_up(answer):
    return st.fixed_dictionaries(
        {"answer_id": st.just(answer), "owner_email": people.filter(bool), "due_on": days, "set_at": instants,
         "closed_at": maybe(instants), "reason": texts}
    )  # fmt: skip


@st.composite
def _awareness(draw, goal, whose, contacts):
    theirs = [each for each, customer in contacts.items() if customer == whose]
    states = st.sampled_from(["told", "seen", "agreed", "disputed"])
    return {
        "goal_id": goal,
        "contact_id": draw(st.sampled_from(theirs)),
        "at": draw(instants),
        "state": draw(states),
    }


def _investment(key, customer):
    return st.fixed_dictionaries(
        {"investment_id": st.just(key), "customer_id": st.just(customer), "at": instants, "amount": amounts,
         "currency": st.just("EUR"), "assumptions": texts}
    )  # fmt: skip


def _belief(contract):
    return st.fixed_dictionaries(
        {"contract_id": st.just(contract), "at": instants, "recorded_at": maybe(instants),
         "probability": probabilities, "reason": texts, "by_email": people}
    )  # fmt: skip


def _signal(customer):
    return st.fixed_dictionaries(
        {"customer_id": st.just(customer), "name": words, "at": instants, "value": floats}
    )


def _milestone(key, customer):
    return st.fixed_dictionaries(
        {"milestone_id": st.just(key), "customer_id": st.just(customer), "title": words, "done_at": maybe(instants),
         "side": st.sampled_from(["", "ours", "theirs"]), "due_on": maybe(days)}
    )  # fmt: skip


@st.composite
def _touchpoint(draw, key, customer, contacts):
    theirs = [each for each, whose in contacts.items() if whose == customer]
    present = draw(st.lists(st.sampled_from(theirs), unique=True)) if theirs else []
    listed = ";".join('"' + each.replace('"', '""') + '"' for each in present)
    return {
        "touchpoint_id": key, "customer_id": customer, "at": draw(instants), "summary": draw(texts),
        "value_conversation": draw(booleans), "contact_ids": listed, "by_email": draw(people),
    }  # fmt: skip
