"""Sentences of the timeline about feedback and promises. Whose words they were is told; the words stand in the inbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arbiter.foundation.models import Fact
    from arbiter.workspace.customer.names import Names

STATUSES = {
    "new": "is open again",
    "planned": "is planned",
    "in_work": "is in work",
    "done": "is done",
    "declined": "is not going to happen",
}
Entry = dict[str, Any]
Sentence = Callable[["Fact", "Names"], Entry]


def _said_by(fact: Fact, names: Names) -> str:
    """Return whose feedback it is."""
    pk = fact.details.get("contact")
    return f"what {names.contact(pk)} said" if pk else "something they said"


def _by(text: str, icon: str) -> Sentence:
    """Return a sentence that begins with whoever acted."""
    return lambda fact, names: {
        "who": names.by(fact),
        "text": text.format(said=_said_by(fact, names)),
        "icon": icon,
    }


def _moved(fact: Fact, names: Names) -> Entry:
    said = _said_by(fact, names)
    status = STATUSES.get(fact.details.get("status", ""), "was moved")
    return {"text": f"{said[0].upper()}{said[1:]} {status}", "icon": "arrow-right"}


def _received(fact: Fact, names: Names) -> Entry:
    pk = fact.details.get("contact")
    who = names.contact(pk) if pk else "Somebody"
    return {"who": who, "text": "told us something", "icon": "message-square-quote"}


def _of_contact(text: str, icon: str) -> Sentence:
    """Return a sentence that begins with the contact a fact names."""
    return lambda fact, names: {
        "who": names.contact(fact.details.get("contact")),
        "text": text,
        "icon": icon,
    }


SENTENCES: dict[str, Sentence] = {
    "voice.feedback_received": _received,
    "voice.feedback_assigned": _by("gave {said} to somebody to see to", "corner-down-right"),
    "voice.feedback_moved": _moved,
    "voice.feedback_related": _by("noted what {said} is about", "target"),
    "voice.feedback_sorted": _by("put {said} into a theme", "layers"),
    "voice.feedback_unsorted": _by("took {said} out of a theme", "layers"),
    "voice.feedback_replied": _by("told them what became of {said}", "reply"),
    "voice.answer_completed": _of_contact("added to what they had answered", "reply"),
    "voice.mail_came_back": _of_contact("was not reached by our mail", "mail"),
    "voice.reply_ignored": _of_contact("replied by a machine", "mail"),
    "voice.address_suppressed": _of_contact("gets no such mail from us any more", "mail"),
    "voice.suppression_lifted": _of_contact("gets our mail again", "mail"),
    "voice.suppressions_erased": _by("erased addresses that we do not write to", "eye-off"),
    "accounts.basis_stated": _by("noted on what ground data may be used", "scale"),
    "accounts.contact_erased": _by("erased what was known of a person", "eye-off"),
    "engagement.asked_by_hand": _by("had a rule ask them by hand", "send"),
    "engagement.promise_made": _by("promised them something", "handshake"),
    "engagement.promise_edited": _by("put a promise right", "pencil"),
    "engagement.promise_kept": _by("kept a promise", "check"),
    "engagement.promise_broken": _by("noted that a promise was broken", "x"),
    "engagement.promise_reopened": _by("opened a promise again", "rotate-ccw"),
}
