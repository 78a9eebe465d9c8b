"""What a vendor nobody would think up asks, was told and has set, as workspace files (for hypothesis)."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from tests.connectors.workspace_files.drawn import (
    booleans,
    days,
    instants,
    keys,
    maybe,
    once,
    people,
    probabilities,
    texts,
    whole,
    words,
)

WHENS = ('{"on": "every", "months": 3}', '{"on": "manual"}', '{"on": "before_renewal", "days": [90, 30]}',
         '{"on": "usage_event", "events": ["Order; \\"Paid\\""]}', '{"steps": [10, 50], "on": "seats_crossed"}')  # fmt: skip
PARTS = ('[{"id": "score", "type": "scale"}, {"id": "why", "type": "text"}]', '[{"type": "scale", "id": "score"}]',
         '[{"id": "score", "type": "scale"}, {"id": "quote", "type": "consent"}]')  # fmt: skip
LANGUAGES = st.sampled_from(["", "en", "de", "ar"])
KINDS = st.sampled_from(["nps", "csat", "ces", "custom"])
JSON_WORDS = st.dictionaries(texts, st.one_of(texts, st.integers(-9, 9), st.none(), st.lists(texts)), max_size=3).map(json.dumps)  # fmt: skip


def some(strategy, most=2):
    return st.lists(strategy, max_size=most)


@st.composite
def asking(draw):
    """Surveys with versions and wordings, stages, rules."""
    surveys = draw(st.lists(keys, max_size=2, unique=True))
    versions = [(f"v{place}.{number}", survey, number) for place, survey in enumerate(surveys) for number in (1, 2)]  # fmt: skip
    rules = draw(st.lists(keys, max_size=2, unique=True))
    return {
        "surveys": [draw(_survey(key)) for key in surveys],
        "survey_versions": [draw(_version(*each)) for each in versions],
        "wordings": [draw(_wording(f"w{key}", key)) for key, *_ in versions],
        "stages": once(("name", "segment", "product"), [draw(_stage(f"s{number}")) for number in range(draw(whole(2)))]),
        "asking_rules": [draw(_rule(key, surveys)) for key in rules],
    }  # fmt: skip


def _survey(key):
    purposes = st.sampled_from(["outcome", "relationship", "transactional"])
    return st.fixed_dictionaries(
        {"survey_id": st.just(key), "name": words, "kind": KINDS, "purpose": purposes, "made_at": instants,
         "archived_at": maybe(instants)}
    )  # fmt: skip


def _version(key, survey, number):
    return st.fixed_dictionaries(
        {"survey_version_id": st.just(key), "survey_id": st.just(survey), "number": st.just(str(number)),
         "scale": st.sampled_from(["0-10", "1-5"]), "direction": st.sampled_from(["", "up", "down"]),
         "parts": st.sampled_from(PARTS), "made_at": instants, "by_email": people}
    )  # fmt: skip


def _wording(key, version):
    return st.fixed_dictionaries(
        {"wording_id": st.just(key), "survey_version_id": st.just(version), "language": st.sampled_from(["en", "ar"]),
         "words": JSON_WORDS, "made_at": instants, "by_email": people}
    )  # fmt: skip


def _stage(key):
    return st.fixed_dictionaries(
        {"stage_id": st.just(key), "name": words, "segment": texts, "product": texts, "position": whole(99).map(str),
         "success_within_days": maybe(whole(999).map(str)), "meaning": words, "made_at": instants,
         "archived_at": maybe(instants)}
    )  # fmt: skip


def _rule(key, surveys):
    return st.fixed_dictionaries(
        {"rule_id": st.just(key), "name": words, "survey_id": st.sampled_from(["", *surveys]),
         "when": st.sampled_from(WHENS), "whom": st.sampled_from(["", '{"roles": ["user"]}', '{"covers": true}']),
         "sample_percent": maybe(whole(100).map(str)), "hold_out_percent": maybe(whole(100).map(str)),
         "made_at": instants, "by_email": people, "on_since": maybe(instants), "archived_at": maybe(instants)}
    )  # fmt: skip


@st.composite
def told(draw, customers, contacts, goals):
    """Feedback with themes and replies, promises, addresses that are not written to."""
    themes = draw(some(words))
    feedback = {f"f{number}": draw(st.sampled_from(customers)) for number in range(draw(whole(2)))}
    return {
        "themes": [draw(_theme(f"theme{number}", name)) for number, name in enumerate(dict.fromkeys(map(str.strip, themes)))],
        "feedback": [draw(_feedback(key, whose, contacts, goals, themes)) for key, whose in feedback.items()],
        "feedback_replies": [draw(_reply(key)) for key in feedback],
        "promises": [draw(_promise(f"p{key}", key, whose, contacts)) for key, whose in feedback.items()],
        "suppressions": [draw(_suppression(f"x{number}", key)) for number, key in enumerate(contacts)],
    }  # fmt: skip


def _theme(key, name):
    return st.fixed_dictionaries(
        {"theme_id": st.just(key), "name": st.just(name), "made_at": instants, "change": texts,
         "changed_at": maybe(instants), "archived_at": maybe(instants)}
    )  # fmt: skip


@st.composite
def _feedback(draw, key, whose, contacts, goals, themes):
    theirs = [each for each, customer in contacts.items() if customer == whose]
    wanted = [each for each, customer in goals.items() if customer == whose]
    named = draw(st.lists(st.sampled_from([*themes, "a new one; \"quoted\""]), unique=True, max_size=2))  # fmt: skip
    return {
        "feedback_id": key, "customer_id": whose, "contact_id": draw(st.sampled_from(["", *theirs])),
        "at": draw(instants), "recorded_at": draw(maybe(instants)), "text": draw(words), "language": draw(LANGUAGES),
        "source": draw(st.sampled_from(["", "ticket", "a call"])), "goal_id": draw(st.sampled_from(["", *wanted])),
        "theme": ";".join('"' + each.replace('"', '""') + '"' for each in named), "product_area": draw(texts),
        "status": draw(st.sampled_from(["", "planned", "done", "declined"])), "replied_at": draw(maybe(instants)),
        "owner_email": draw(people), "due_on": draw(maybe(days)),
    }  # fmt: skip


def _reply(feedback):
    return st.fixed_dictionaries(
        {"feedback_id": st.just(feedback), "at": instants, "text": words, "by_email": people}
    )


@st.composite
def _promise(draw, key, feedback, whose, contacts):
    theirs = [each for each, customer in contacts.items() if customer == whose]
    ended = draw(st.sampled_from(["", "kept_at", "broken_at"]))
    return {
        "promise_id": key, "customer_id": whose, "contact_id": draw(st.sampled_from(["", *theirs])), "text": draw(words),
        "at": draw(instants), "recorded_at": draw(maybe(instants)), "due_on": draw(maybe(days)),
        "by_email": draw(people), "feedback_id": draw(st.sampled_from(["", feedback])),
        **{name: draw(instants) if name == ended else "" for name in ("kept_at", "broken_at")},
    }  # fmt: skip


@st.composite
def _suppression(draw, key, contact):
    erased = draw(st.booleans())
    return {
        "suppression_id": key, "address": "" if erased else f"{key}@there.example",
        "address_hash": "5f" * 32 if erased else "", "contact_id": draw(st.sampled_from(["", contact])),
        "scope": draw(st.sampled_from(["surveys", "education", "all"])),
        "cause": draw(st.sampled_from(["unsubscribed", "bounced", "by_us"])), "detail": draw(texts),
        "at": draw(instants), "recorded_at": draw(maybe(instants)), "lifted_at": draw(maybe(instants)),
    }  # fmt: skip


@st.composite
def used(draw, goals):
    """Features and sets of behaviours, and what they have to do with goals."""
    features = draw(st.lists(keys, max_size=2, unique=True))
    sets = draw(st.lists(keys, max_size=2, unique=True))
    named = once(("name",), [draw(_feature(key)) for key in features])
    return {
        "features": named,
        "behaviour_sets": [row for key in sets for row in draw(_versions(key))],
        "goal_features": [
            draw(_serving(goal, row["feature_id"])) for goal in goals for row in named[:1]
        ],
        "feeds": [draw(_feed(goal, sets)) for goal in goals],
    }


def _feature(key):
    events = st.lists(words, min_size=1, max_size=2).map(json.dumps)
    return st.fixed_dictionaries(
        {"feature_id": st.just(key), "name": words, "events": events, "made_at": instants, "by_email": people,
         "retired_at": maybe(instants)}
    )  # fmt: skip


@st.composite
def _versions(draw, key):
    """A set that was revised once; its later version may well sort before the first."""
    rule = {
        "of": [{"event": draw(words), "times": draw(st.integers(1, 9))}],
        "per": "week",
        "consecutive": 2,
    }
    shared = {"first_version_id": key, "name": f"{key} "[:100], "rule": json.dumps(rule), "segment": draw(texts),
              "means_value": draw(booleans), "by_email": draw(people)}  # fmt: skip
    later = draw(st.sampled_from([f"!{key}"[:200], f"{key}~"[:200]]))
    return [
        {"behaviour_set_id": key, **shared, "version": "1", "made_at": draw(instants), "retired_at": draw(instants)},
        *([{"behaviour_set_id": later, **shared, "version": "2", "made_at": draw(instants)}] if later != key else []),
    ]  # fmt: skip


def _serving(goal, feature):
    return st.fixed_dictionaries(
        {"goal_id": st.just(goal), "feature_id": st.just(feature), "at": instants}
    )


@st.composite
def _feed(draw, goal, sets):
    row = {"goal_id": goal, "kind": "count", "event": draw(words), "since": draw(days), "at": draw(instants),
           "by_email": draw(people), "disconnected_at": draw(maybe(instants))}  # fmt: skip
    if sets and draw(st.booleans()):
        row |= {"kind": "set", "event": "", "behaviour_set_id": draw(st.sampled_from(sets))}
    return row


@st.composite
def remembered(draw, contacts, contracts, rules):
    """Whom rules found, on what ground people are asked, what was made of losses."""
    return {
        "occasions": [
            draw(_occasion(f"{number:064x}", contact, draw(st.sampled_from(rules))))
            for number, contact in enumerate(contacts) if rules
        ],
        "lawful_bases": once(("contact_id", "purpose", "at"), [draw(_basis(contact)) for contact in contacts]),
        "post_mortems": [draw(_post_mortem(key, whose, contacts)) for key, whose in contracts.items()],
        "month_reviews": once(("month", "at"), draw(some(_REVIEW))),
    }  # fmt: skip


def _occasion(key, contact, rule):
    states = st.sampled_from(["", "waiting", "asked", "not_asked", "held_out"])
    return st.fixed_dictionaries(
        {"occasion_id": st.just(key), "contact_id": st.just(contact), "rule_id": st.just(rule), "because": words,
         "contract_id": texts.map(str.strip), "found_at": instants, "look_at": instants, "lapses_at": instants,
         "state": states, "reason_code": texts, "reason": words, "decided_at": maybe(instants)}
    )  # fmt: skip


def _basis(contact):
    grounds = st.sampled_from(["contract", "legitimate_interest", "consent", "none"])
    return st.fixed_dictionaries(
        {"contact_id": st.just(contact), "purpose": st.sampled_from(["usage", "outcome", "education"]),
         "basis": grounds, "evidence": words, "at": instants, "recorded_at": maybe(instants), "by_email": people}
    )  # fmt: skip


@st.composite
def _post_mortem(draw, contract, whose, contacts):
    theirs = [each for each, customer in contacts.items() if customer == whose]
    step = st.fixed_dictionaries({"because": texts, "evidence": texts, "link": texts})
    return {
        "contract_id": contract, "at": draw(instants), "recorded_at": draw(maybe(instants)), "by_email": draw(people),
        "cause": draw(st.sampled_from(["ours", "external", "payment"])), "evidence": draw(words),
        "avoidable": draw(booleans), "steps": json.dumps(draw(some(step))), "known": draw(booleans),
        "known_to": draw(texts), "known_on": draw(maybe(days)), "quote": draw(texts),
        "quoted": draw(st.sampled_from(["", *theirs])), "lessons": draw(texts),
    }  # fmt: skip


_REVIEW = st.fixed_dictionaries(
    {"month": days, "at": instants, "by_email": people, "said": texts, "losses": st.just("3"),
     "judged": st.sampled_from(["2", "3"]), "surprises": st.sampled_from(["0", "2"])}
)  # fmt: skip


@st.composite
def settings_of(draw):
    """What a company has set; each of it perhaps."""
    rate = st.decimals("0.00000001", 10**6, places=8, allow_nan=False).map(
        lambda number: f"{number:f}"
    )
    changes = {
        "company": st.fixed_dictionaries(
            {"name": words, "currency": st.sampled_from(["EUR", "usd"]), "language": st.sampled_from(["", "de"]),
             "time_zone": st.sampled_from(["", "Asia/Tokyo"]), "confirm_by_code": booleans, "set_up_at": instants}),
        "asking_limits": st.fixed_dictionaries(
            {name: whole(400).map(str) for name in ("any_days", "relationship_days", "transactional_days",
                                                    "outcome_days", "people_a_week", "a_day")}
            | {"sends_from": whole(11).map(str), "sends_until": st.integers(12, 24).map(str),
               "on_weekends": st.sampled_from(["true", "false"]), "set_at": maybe(instants), "by_email": people}),
    }  # fmt: skip
    addresses = st.sampled_from(["ada@vendor.example", "Cy@vendor.example"])
    lists = {
        "colleagues": (("colleague_email",), {"colleague_email": addresses, "name": words, "team": texts}),
        "retention": (("kind",), {"kind": words, "days": maybe(st.integers(1, 999).map(str)), "set_at": instants}),
        "business_models": (("at",), {"business_model": st.sampled_from(["contract", "monthly", "orders"]),
                                      "order_event": texts, "order_amount": texts, "at": instants}),
        "exchange_rates": (("valid_from",), {"currency": st.just("USD"), "into": st.just("EUR"), "per_unit": rate,
                           "valid_from": days, "recorded_at": instants, "withdrawn_at": maybe(instants)}),
        "base_rates": (("at",), {"due": st.just("9"), "renewed": whole(9).map(str), "at": instants}),
        "safe_bars": (("at",), {"probability": probabilities.filter(lambda text: float(text) > 0), "at": instants}),
        "digests": (("person_email", "made_at"), {"person_email": st.just("ada@vendor.example"), "made_at": instants,
                    "hour": whole(23).map(str), "stopped_at": maybe(instants), "told_until": maybe(instants)}),
    }  # fmt: skip
    rows = {name: draw(some(strategy, 1)) for name, strategy in changes.items()}
    for name, (identity, cells) in lists.items():
        rows[name] = once(identity, draw(some(st.fixed_dictionaries(cells))))
    return rows
