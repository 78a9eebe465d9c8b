"""Companies nobody would think up, as workspace files (for hypothesis)."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from tests.connectors.workspace_files.company import Rows

# Whatever a cell can hold: quotes, delimiters, line ends of all kinds, right-to-left, emoji; no NUL, no half pairs.
_characters = st.characters(exclude_characters="\0", exclude_categories=("Cs",))
texts = st.text(_characters, max_size=12)
words = st.text(_characters, min_size=1, max_size=8).filter(lambda text: text.strip())
keys = words.map(str.strip).filter(bool)
days = st.dates(date(2015, 1, 1), date(2030, 12, 31)).map(date.isoformat)
instants = st.datetimes(datetime(2015, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)).map(
    lambda moment: moment.isoformat()
)
amounts = st.decimals(0, 10**9, places=2, allow_nan=False).map(str)
numbers = st.decimals(-(10**6), 10**6, places=6, allow_nan=False).map(lambda number: f"{number:f}")
probabilities = st.decimals(0, 1, places=4, allow_nan=False).map(lambda number: f"{number:f}")
floats = st.floats(allow_nan=False, allow_infinity=False).map(repr)
people = st.sampled_from(["", "ada@vendor.example", "ben.o@vendor.example"])
booleans = st.sampled_from(["", "true", "false"])


def _maybe(strategy):
    return st.one_of(st.just(""), strategy)


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
        "results": _once(("goal_id", "measure", "at", "recorded_at"), [draw(_result(key)) for key in goals]),
        "verdicts": [row for key, whose in goals.items() for row in draw(_verdicts(key, whose, contacts))],
        "asks": [draw(_ask(f"q{number}", key)) for number, key in enumerate(contacts)],
        "answers": [draw(_answer(number, key)) for number, key in enumerate(contacts)],
        "beliefs": [draw(_belief(key)) for key in contracts],
        "signals": _once(("customer_id", "name", "at"), [draw(_signal(key)) for key in customers]),
        "milestones": [draw(_milestone(f"m{number}", key)) for number, key in enumerate(customers)],
        "touchpoints": [draw(_touchpoint(f"t{number}", key, contacts)) for number, key in enumerate(customers)],
    }  # fmt: skip
    return {name: some for name, some in rows.items() if some}


def _keyed(customers, most):
    return st.dictionaries(keys, st.sampled_from(customers), max_size=most)


def _once(identity, rows):
    return list({tuple(row[name] for name in identity): row for row in rows}.values())


def _customer(key):
    return st.fixed_dictionaries(
        {"customer_id": st.just(key), "name": words, "segment": texts, "owner_email": people, "since": _maybe(days),
         "why_bought": texts, "archived_at": _maybe(instants), "of their own, \"quoted\"": texts}
    )  # fmt: skip


def _contact(key, whose):
    roles = st.sampled_from(["", "decision_maker", "champion", "other"])
    return st.fixed_dictionaries(
        {"contact_id": st.just(key), "customer_id": st.just(whose), "name": words, "role": roles, "title": texts,
         "unsubscribed_at": _maybe(instants)}
    )  # fmt: skip


@st.composite
def _contract(draw, key, whose):
    starts, ends = sorted([draw(days), draw(days)])
    row = {"contract_id": key, "customer_id": whose, "starts_on": starts, "ends_on": ends, "arr": draw(_maybe(amounts)),
           "currency": draw(st.sampled_from(["EUR", "usd"])), "auto_renew": draw(booleans), "plan": draw(texts)}  # fmt: skip
    decision = draw(st.sampled_from(["", "renewed", "expanded", "churned"]))
    row["decision"] = decision
    lost = decision == "churned"
    row["decided_on"] = draw(_maybe(days)) if decision else ""
    row["recorded_at"] = draw(_maybe(instants)) if decision else ""
    row["churn_reason"] = draw(texts) if lost else ""
    row["avoidable"] = draw(booleans) if lost else ""
    return row


@st.composite
def _goal(draw, key, whose, contacts, contracts):
    theirs = [each for each, customer in contacts.items() if customer == whose]
    terms = [each for each, customer in contracts.items() if customer == whose]
    return {
        "goal_id": key, "customer_id": whose, "statement": draw(words), "at": draw(instants),
        "recorded_at": draw(_maybe(instants)), "stated_by": draw(st.sampled_from(["", *theirs])),
        "contract_id": draw(st.sampled_from(["", *terms])), "category": draw(st.sampled_from(["", "time", "roi"])),
        "retired_at": draw(_maybe(instants)), "pain": draw(texts),
    }  # fmt: skip


@st.composite
def _revision(draw, key, goal, whose, contacts):
    theirs = [each for each, customer in contacts.items() if customer == whose]
    return {
        "revision_id": key, "goal_id": goal, "at": draw(instants), "measure": draw(st.sampled_from(["", "days", "cost"])),
        "baseline": draw(_maybe(numbers)), "target": draw(_maybe(numbers)), "due_on": draw(_maybe(days)),
        "agreed_by": draw(st.sampled_from(["", *theirs])), "reason": draw(texts), "cadence": draw(texts),
    }  # fmt: skip


def _result(goal):
    measures = st.sampled_from(["", "days", "errors"])
    return st.fixed_dictionaries(
        {"goal_id": st.just(goal), "at": instants, "recorded_at": _maybe(instants), "value": numbers,
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
         "at": instants, "delivered_at": _maybe(instants), "by_email": people}
    )  # fmt: skip


def _answer(number, contact):
    return st.fixed_dictionaries(
        {"answer_id": st.just(f"a{number}"), "ask_id": st.just(f"q{number}"), "contact_id": st.just(contact),
         "kind": st.just("intent"), "at": instants, "value": st.sampled_from(["yes", "no", "not_sure"]),
         "comment": texts, "flagged": booleans}
    )  # fmt: skip


def _belief(contract):
    return st.fixed_dictionaries(
        {"contract_id": st.just(contract), "at": instants, "recorded_at": _maybe(instants),
         "probability": probabilities, "reason": texts, "by_email": people}
    )  # fmt: skip


def _signal(customer):
    return st.fixed_dictionaries(
        {"customer_id": st.just(customer), "name": words, "at": instants, "value": floats}
    )


def _milestone(key, customer):
    return st.fixed_dictionaries(
        {"milestone_id": st.just(key), "customer_id": st.just(customer), "title": words, "done_at": _maybe(instants),
         "side": st.sampled_from(["", "ours", "theirs"]), "due_on": _maybe(days)}
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
