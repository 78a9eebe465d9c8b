"""What a fact says on a timeline: one sentence for each name a fact may have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from arbiter.ui import wording
from arbiter.workspace.customer import loop_sentences
from arbiter.workspace.customer.names import SOMEBODY

if TYPE_CHECKING:
    from arbiter.foundation.models import Fact
    from arbiter.workspace.customer.names import Names

Entry = dict[str, Any]
Sentence = Callable[["Fact", "Names"], Entry]

# What stands on the first part of the page: what people said and decided, not every number and edit.
TELLING = (
    "accounts.contact_left",
    "accounts.customer_handed_off",
    "accounts.renewal_decided",
    "engagement.touchpoint_logged",
    "forecast.belief_logged",
    "outcomes.goal_reconfirmed",
    "outcomes.goal_retired",
    "outcomes.goal_revised",
    "outcomes.goal_stated",
    "outcomes.milestone_reached",
    "outcomes.verdict_given",
    "voice.answer_given",
    "voice.asked",
)
CHANNELS = {
    "mail": "by mail",
    "link": "by a personal link",
    "portal": "in the portal",
    "call": "in a call",
}
QUESTIONS = {
    "intent": "whether they will continue",
    "verdict": "whether they got it",
    "goal": "what they want",
    "nps": "for an NPS",
    "csat": "how satisfied they are",
    "ces": "how easy it was",
    "check_in": "how it goes",
    "custom": "a question",
}
JUDGED = {
    "achieved": "confirmed value on",
    "partly": "got part of",
    "not": "did not get",
    "too_early": "says it is too early to judge",
}
INTENTS = {"yes": "yes", "no": "no", "not_sure": "not sure"}
DECISIONS = {
    "renewed": "Renewed",
    "expanded": "Renewed and expanded",
    "contracted": "Renewed for less",
    "churned": "Left",
}
TALKS = {
    "call": ("Call", "phone"),
    "meeting": ("Meeting", "users"),
    "mail": ("Mail", "mail"),
    "review": ("Value review", "file-text"),
    "note": ("Note", "notebook-pen"),
    "": ("Conversation", "message-circle"),
}


def tell(fact: Fact, names: Names) -> Entry:
    """Return the entry of a fact: who, what, when, and how it looks."""
    sentence = SENTENCES.get(
        fact.name, _plain("did something that has no words here yet", "circle")
    )
    return {"at": fact.at, **sentence(fact, names)}


def _plain(text: str, icon: str) -> Sentence:
    """Return a sentence that begins with whoever acted."""
    return lambda fact, names: {"who": names.by(fact), "text": text, "icon": icon}


def _of_contact(text: str, icon: str) -> Sentence:
    """Return a sentence that begins with the contact it is about."""
    return lambda fact, names: {
        "who": names.contact(fact.subject_id),
        "text": text.format(customer=names.customer),
        "icon": icon,
    }


def _of_goal(text: str, icon: str, *, alone: str) -> Sentence:
    """Return a sentence of the contact who said it; `alone` says it where nobody there is named."""

    def told(fact: Fact, names: Names) -> Entry:
        contact, goal = fact.details.get("contact"), names.goal(fact.subject_id)
        if not contact:
            return {"text": alone.format(goal=goal), "icon": icon}
        by_hand = fact.details.get("on_behalf")
        return {
            "who": names.contact(contact),
            "text": f"{text} {goal}",
            "icon": icon,
            "detail": f"written down by {names.by(fact)}" if by_hand else "",
        }

    return told


def _of_step(text: str, icon: str) -> Sentence:
    return lambda fact, names: {"text": f"{text}: {names.step(fact.subject_id)}", "icon": icon}


def _reached(fact: Fact, names: Names) -> Entry:
    said = (
        "Milestone reached, measured by us" if fact.details.get("measured") else "Milestone reached"
    )
    return {"text": f"{said}: {names.step(fact.subject_id)}", "icon": "milestone"}


def _assigned(fact: Fact, names: Names) -> Entry:
    owner = fact.details.get("owner")
    text = "looks after them now" if owner else "Nobody looks after them any more"
    return {"who": names.person(owner) if owner else "", "text": text, "icon": "user"}


def _contact_added(fact: Fact, names: Names) -> Entry:
    role = str(fact.details.get("role", "")).replace("_", " ")
    return {
        "who": names.contact(fact.subject_id),
        "text": f"is known here now{f', {role}' if role else ''}",
        "icon": "user-plus",
    }


def _contract(text: str) -> Sentence:
    def told(fact: Fact, names: Names) -> Entry:
        ends = fact.details.get("ends_on")
        until = f" until {_day(ends, names)}" if ends else ""
        worth = fact.details.get("arr")
        money = (
            wording.money_long(Decimal(worth), fact.details.get("currency", "")) if worth else ""
        )
        return {
            "text": f"{text}{until}{f', {money} a year' if money else ''}",
            "icon": "receipt",
        }

    return told


def _decided(fact: Fact, names: Names) -> Entry:
    decision = fact.details.get("decision", "")
    contract = names.contracts.get(fact.subject_id or 0)
    term = f": the term until {wording.day(contract.ends_on, names.now)}" if contract else ""
    return {
        "text": f"{DECISIONS.get(decision, 'Decided')}{term}",
        "icon": "handshake" if decision != "churned" else "log-out",
    }


def _verdict(fact: Fact, names: Names) -> Entry:
    verdict = fact.details.get("verdict", "")
    on_behalf = fact.details.get("on_behalf")
    return {
        "who": names.contact(fact.details.get("contact")),
        "text": f"{JUDGED.get(verdict, 'judged')} {names.goal(fact.subject_id)}",
        "tone": verdict if verdict in JUDGED else "",
        "detail": "recorded by us on their behalf" if on_behalf else "",
    }


def _result(fact: Fact, names: Names) -> Entry:
    value = fact.details.get("value")
    guard = fact.details.get("of") == "guard"
    unit = "" if guard else names.units.get(fact.subject_id or 0, "")
    shown = wording.measured(Decimal(str(value)), unit) if value is not None else "A number"
    return {
        "text": f"{shown} measured for {'the guard of ' if guard else ''}{names.goal(fact.subject_id)}",
        "icon": "chart-line",
    }


def _told(fact: Fact, names: Names) -> Entry:
    who = [names.contact(pk) for pk in fact.details.get("contacts", [])]
    was = "were" if len(who) > 1 else "was"
    return {
        "who": _listed(who) or SOMEBODY,
        "text": f"{was} told about {names.goal(fact.subject_id)}",
        "icon": "megaphone",
    }


def _asked(fact: Fact, names: Names) -> Entry:
    details = fact.details
    what = QUESTIONS.get(details.get("kind", ""), "a question")
    how = CHANNELS.get(details.get("channel", ""), "")
    ask = names.asks.get(fact.subject_id or 0)
    return {
        "who": names.contact(details.get("contact")),
        "text": f"was asked {f'{how} ' if how else ''}{what}",
        "icon": "send",
        "detail": f"by {ask.by.name}" if ask and ask.by else "",
    }


def _answered(fact: Fact, names: Names) -> Entry:
    details = fact.details
    who, kind = names.contact(details.get("contact")), details.get("kind", "")
    answer = names.answers.get(fact.subject_id or 0)
    if fact.subject_id in names.sealed:
        return {"who": who, "text": "answered whether they will continue; sealed", "icon": "lock"}
    if details.get("flagged"):
        text = f"An answer for {who} looks as if a machine gave it, and does not count"
        return {"text": text, "icon": "eye-off"}
    if kind != "intent" or answer is None:
        return {
            "who": who,
            "text": f"answered {QUESTIONS.get(kind, 'a question')}",
            "icon": "reply",
        }
    return {
        "who": who,
        "text": f"answered {INTENTS[answer.value]} on continuing",
        "tone": answer.value,
        "detail": f"“{answer.comment}”" if answer.comment else "",
    }


def _follow_up(fact: Fact, names: Names) -> Entry:
    due = fact.details.get("due_on")
    by = f" by {_day(due, names)}" if due else ""
    return {
        "who": names.person(fact.details.get("owner")),
        "text": f"follows up with {_answerer(fact, names)}{by}",
        "icon": "corner-down-right",
    }


def _follow_up_closed(fact: Fact, names: Names) -> Entry:
    return {"text": f"The follow-up with {_answerer(fact, names)} is done", "icon": "check"}


def _answerer(fact: Fact, names: Names) -> str:
    """Return whose answer is followed up."""
    answer = names.answers.get(fact.details.get("answer", 0))
    return names.contact(fact.details.get("contact") or (answer.contact_id if answer else None))


def _talked(fact: Fact, names: Names) -> Entry:
    kind, icon = TALKS.get(fact.details.get("kind", ""), TALKS[""])
    who = [names.contact(pk) for pk in fact.details.get("contacts", [])]
    talk = names.touchpoints.get(fact.subject_id or 0)
    about = " about value" if fact.details.get("value_conversation") else ""
    return {
        "text": f"{kind}{about}{f' with {_listed(who)}' if who else ''}",
        "icon": icon,
        "detail": talk.summary if talk else "",
    }


def _believed(fact: Fact, names: Names) -> Entry:
    chance = wording.percent(Decimal(str(fact.details.get("probability", 0))))
    belief = names.beliefs.get(fact.subject_id or 0)
    reason = f": {belief.reason}" if belief and belief.reason else ""
    who = belief.by.name if belief and belief.by else names.by(fact)
    return {"who": who, "text": f"believes {chance}{reason}", "icon": "scale"}


def _link_revoked(fact: Fact, names: Names) -> Entry:
    wrong = fact.details.get("because") == "wrong_person"
    why = " because it had reached the wrong person" if wrong else ""
    who = names.contact(fact.details.get("contact"))
    return {"text": f"The personal link of {who} was closed{why}", "icon": "link"}


def _link_made(fact: Fact, names: Names) -> Entry:
    who = names.contact(fact.details.get("contact"))
    return {"who": names.by(fact), "text": f"made a personal link for {who}", "icon": "link"}


def _day(text: str, names: Names) -> str:
    return wording.day(date.fromisoformat(text), names.now)


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


SENTENCES: dict[str, Sentence] = {
    "accounts.customer_added": _plain("brought them in", "building-2"),
    "accounts.customer_edited": _plain("changed what is known of them", "pencil"),
    "accounts.customer_assigned": _assigned,
    "accounts.customer_handed_off": _plain("wrote down why they bought", "handshake"),
    "accounts.customer_archived": _plain("put them into the archive", "archive"),
    "accounts.customer_restored": _plain("took them out of the archive", "archive"),
    "accounts.contact_added": _contact_added,
    "accounts.contact_edited": _of_contact("is described otherwise now", "pencil"),
    "accounts.contact_left": _of_contact("left {customer}", "user-x"),
    "accounts.contact_came_back": _of_contact("is back at {customer}", "user-plus"),
    "accounts.contact_unsubscribed": _of_contact("wants no more letters", "mail"),
    "accounts.contact_resubscribed": _of_contact("takes letters again", "mail"),
    "accounts.contract_added": _contract("A contract"),
    "accounts.contract_edited": _contract("The contract was changed"),
    "accounts.signals_noted": _plain("noted new numbers", "chart-line"),
    "accounts.renewal_decided": _decided,
    "accounts.renewal_withdrawn": _plain("took back what was decided about a term", "rotate-ccw"),
    "outcomes.goal_stated": _of_goal("wants", "target", alone="A goal was written down: {goal}"),
    "outcomes.goal_retired": _of_goal(
        "no longer wants", "archive", alone="Not wanted any more: {goal}"
    ),
    "outcomes.goal_restored": _of_goal("wants again", "target", alone="Wanted again: {goal}"),
    "outcomes.goal_revised": _of_goal(
        "agreed the measure of", "target", alone="A measure was written down for {goal}"
    ),
    "outcomes.goal_reconfirmed": _of_goal(
        "still wants", "refresh-cw", alone="Still wanted: {goal}"
    ),
    "outcomes.result_reported": _result,
    "outcomes.goal_features_chosen": _plain("said which features serve a goal", "layers"),
    "outcomes.feed_connected": _plain("had usage feed the measure of a goal", "plug"),
    "outcomes.feed_disconnected": _plain("stopped usage feeding the measure of a goal", "unlink"),
    "outcomes.verdict_given": _verdict,
    "outcomes.awareness_told": _told,
    "outcomes.awareness_seen": _of_goal(
        "saw the result of", "eye", alone="The result was seen of {goal}"
    ),
    "outcomes.milestone_added": _of_step("A step was added", "milestone"),
    "outcomes.milestone_removed": _of_step("A step was removed", "milestone"),
    "outcomes.milestone_reached": _reached,
    "outcomes.milestone_reopened": _of_step("A step was opened again", "milestone"),
    "outcomes.investment_stated": _plain("wrote down what they put in themselves", "coins"),
    "outcomes.investment_withdrawn": _plain("took back what they put in", "coins"),
    "voice.asked": _asked,
    "voice.answer_given": _answered,
    "voice.answer_completed": _plain("said more about an answer", "message-square-quote"),
    "voice.link_made": _link_made,
    "voice.link_revoked": _link_revoked,
    "voice.answer_reviewed": _plain("looked at an answer that seemed a machine’s", "user-check"),
    "voice.follow_up_set": _follow_up,
    "voice.follow_up_closed": _follow_up_closed,
    "engagement.touchpoint_logged": _talked,
    "engagement.touchpoint_removed": _plain("took back a logged conversation", "rotate-ccw"),
    "forecast.belief_logged": _believed,
    "forecast.answer_opened": _plain("read a sealed answer without a belief", "eye"),
    "forecast.post_mortem_recorded": _plain("wrote down why they left", "search"),
    **loop_sentences.SENTENCES,
}
