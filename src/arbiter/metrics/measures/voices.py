"""Will they continue, who said so, and when did we last talk about what they want?"""

from __future__ import annotations

import numpy as np

from arbiter.metrics.measures.measure import (
    LEADING,
    OURS,
    THEIRS,
    Found,
    Measure,
    Part,
    by_amount,
    listed,
    money_note,
    money_told,
    sentences,
)
from arbiter.metrics.picture.columns import MICROSECONDS_A_DAY, NEVER, Column, Mask, Table
from arbiter.metrics.picture.picture import Picture
from arbiter.metrics.picture.words import DECIDER, HEARD, INTENT, INTENTS, NOBODY_KNOWN, SILENT
from arbiter.science.estimate import Estimate
from arbiter.science.value import coverage

GROUP = "outcomes"
AHEAD_DAYS = 180
CONVERSATION_DAYS = 90
NOTHING_OPEN = "No contract is open."
NEVER_ASKED = Part("never_asked", "Never asked", "ask", "Ask them", "money")
NOTHING_SOON = f"No contract with a known value ends within {AHEAD_DAYS} days."


def said(picture: Picture, *states: str) -> Mask:
    """Who says one of these things; what is sealed is said by nobody yet."""
    places = [INTENTS.index(state) for state in states]
    return np.isin(picture.told[INTENT], places) & ~picture.sealed


def said_yes(picture: Picture, terms: Table, sealed: Mask) -> Mask:
    """Of which terms the customer said yes, and we may know it."""
    yes = picture.told[INTENT][terms.customer] == INTENTS.index("yes")
    return np.asarray(yes & ~sealed)


def _intent_asked(picture: Picture) -> Found:
    base = picture.has_open_term
    asked = ~said(picture, "never_asked")
    return Found(
        _covered(asked[base]),
        count=int((base & asked).sum()),
        details={"by_amount": by_amount(picture, base, asked)},
        behind={"never_asked": listed(base & ~asked, picture.now.amount)},
    )


def _intent_answered(picture: Picture) -> Found:
    base = picture.has_open_term
    answered = said(picture, "yes", "no", "not_sure") | picture.sealed
    amount = picture.now.amount
    sealed = base & picture.sealed
    return Found(
        _covered(answered[base]),
        count=int((base & answered).sum()),
        details={
            "by_amount": by_amount(picture, base, answered),
            "states": {
                **{state: int((base & said(picture, state)).sum()) for state in INTENTS},
                "sealed": int(sealed.sum()),
            },
        },
        behind={
            "sealed": listed(sealed, amount),
        }
        | {
            state: listed(base & said(picture, state), amount)
            for state in ("no", "not_sure", "no_reply", "never_asked", "yes")
        },
    )


def _said_yes(picture: Picture) -> Found:
    soon, sealed = ending_soon(picture)
    known = soon.where(~np.isnan(soon["amount"]))
    note = money_note(picture, soon)
    if not known["amount"].sum() > 0:
        return Found(Estimate.too_few(0, sentences(NOTHING_SOON, note)), currency=picture.currency)
    of_yes = said_yes(picture, soon, sealed)[~np.isnan(soon["amount"])]
    share = coverage(of_yes, amount=known["amount"])
    silent = np.bincount(known.customer, known["amount"] * ~of_yes, minlength=len(picture))
    return Found(
        Estimate(share.value, None, None, share.n, note=sentences(share.note, note)),
        count=int(of_yes.sum()),
        currency=picture.currency,
        details={
            "by_amount": {
                "value": share.value,
                "amount": float(known["amount"][of_yes].sum()),
                "total": float(known["amount"].sum()),
                "currency": picture.currency,
            },
            "money": money_told(picture, soon),
        },
        behind={"not_yes": listed(silent > 0, silent)},
    )


def ending_soon(picture: Picture) -> tuple[Table, Mask]:
    """The open terms that end soon, and which of them have an answer that waits to be read."""
    soon = picture.open_terms["end"] <= picture.day + AHEAD_DAYS
    return picture.open_terms.where(soon), picture.sealed_terms[soon]


def _decision_maker_heard(picture: Picture) -> Found:
    base, decider = picture.has_open_term, picture.told[DECIDER]
    amount = picture.now.amount
    return Found(
        _covered(decider[base] == HEARD),
        count=int((base & (decider == HEARD)).sum()),
        details={"nobody_known": int((base & (decider == NOBODY_KNOWN)).sum())},
        behind={
            "silent": listed(base & (decider == SILENT), amount),
            "nobody_known": listed(base & (decider == NOBODY_KNOWN), amount),
        },
    )


def _value_conversation(picture: Picture) -> Found:
    base, days = picture.current, _days_since(picture)
    lately = days <= CONVERSATION_DAYS
    talked = base & (days != NEVER)
    median = float(np.median(days[talked])) if talked.any() else None
    return Found(
        coverage(lately[base]),
        count=int((base & lately).sum()),
        details={"median_days": median, "never": int((base & (days == NEVER)).sum())},
        behind={
            "long_ago": listed(talked & ~lately, np.where(talked, days, 0)),
            "never": listed(base & (days == NEVER), picture.now.amount),
        },
    )


def _days_since(picture: Picture) -> Column:
    last = np.full(len(picture), -NEVER)
    np.maximum.at(last, picture.conversations.customer, picture.conversations["at"])
    day = last // MICROSECONDS_A_DAY
    return np.where(last == -NEVER, NEVER, picture.day - np.where(last == -NEVER, 0, day))


def _covered(known: Mask) -> Estimate:
    return coverage(known) if known.size else Estimate.too_few(0, NOTHING_OPEN)


MEASURES = (
    Measure(
        name="intent_asked",
        title="Asked whether they will continue",
        question="Of how many customers with an open contract has anybody been asked?",
        formula="customers of whom somebody was asked in this term ÷ customers with an open contract",
        group=GROUP,
        compute=_intent_asked,
        doc="intent-coverage",
        method="intent-coverage/1",
        timing=LEADING,
        side=OURS,
        parts=(NEVER_ASKED,),
    ),
    Measure(
        name="intent_answered",
        title="Told us whether they will continue",
        question="Of how many customers with an open contract do we have their word?",
        formula="customers of whom somebody answered in this term ÷ customers with an open contract",
        group=GROUP,
        compute=_intent_answered,
        doc="intent-coverage",
        method="intent-coverage/1",
        timing=LEADING,
        side=THEIRS,
        parts=(
            Part(
                "sealed",
                "Answered, sealed until you say what you believe",
                "log_belief",
                "Say what you believe",
                "money",
            ),
            Part("no", "Someone said no", "call", "Call them", "money"),
            Part("not_sure", "Someone is not sure", "follow_up", "Follow up", "money"),
            Part("no_reply", "Asked, no reply", "ask_again", "Ask again", "money"),
            NEVER_ASKED,
            Part("yes", "Everyone who answered said yes", value="money"),
        ),
    ),
    Measure(
        name="said_yes",
        title=f"Told us yes, of what ends in {AHEAD_DAYS} days",
        question="Of the money that comes up for renewal, how much has been promised by the customer?",
        formula=f"yearly amount of contracts whose customer said yes ÷ that of all that end in {AHEAD_DAYS} days",
        group=GROUP,
        compute=_said_yes,
        doc="intent-coverage",
        method="said-yes/1",
        timing=LEADING,
        side=THEIRS,
        base="contracts",
        parts=(Part("not_yes", "Has not said yes", "ask", "Ask them", "money"),),
    ),
    Measure(
        name="decision_maker_heard",
        title="Decision maker heard",
        question="Has the one who decides told us, or only the friendly contact?",
        formula="customers whose decision maker answered in this term ÷ customers with an open contract",
        group=GROUP,
        compute=_decision_maker_heard,
        doc="intent-coverage",
        method="decision-maker-heard/1",
        timing=LEADING,
        side=THEIRS,
        parts=(
            Part(
                "silent",
                "Decision maker silent",
                "ask_decision_maker",
                "Ask the decision maker",
                "money",
            ),
            Part(
                "nobody_known",
                "No decision maker known",
                "find_decider",
                "Find out who decides",
                "money",
            ),
        ),
    ),
    Measure(
        name="value_conversation",
        title=f"Talked about their goals in {CONVERSATION_DAYS} days",
        question="With how many customers have we talked lately about what they want?",
        formula=f"customers with a value conversation in the last {CONVERSATION_DAYS} days ÷ customers",
        group=GROUP,
        compute=_value_conversation,
        doc="value-conversation",
        method="value-conversation/1",
        timing=LEADING,
        side=OURS,
        parts=(
            Part("long_ago", "Longer ago", "talk", "Plan a conversation", "days"),
            Part("never", "Never", "talk", "Plan a conversation", "money"),
        ),
    ),
)
