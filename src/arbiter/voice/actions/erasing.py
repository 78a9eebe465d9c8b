"""A contact is erased: their words go from everything they answered and told us; what they chose, and when, stays.

Listeners of the journal, in the transaction of `accounts.contact_erased`.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from arbiter.accounts.queries import contacts
from arbiter.foundation.erasing import MARK
from arbiter.foundation.models import Person
from arbiter.voice.actions import suppressions
from arbiter.voice.models import (
    Answer,
    AnswerCode,
    Ask,
    Feedback,
    FollowUp,
    InboundMail,
    PersonalLink,
    Revoked,
    SuppressionCause,
    SuppressionScope,
)
from arbiter.voice.queries import suppressions as spared

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.foundation.journal import Told

# The parts of a survey that hold a choice and no words.
CHOSEN = frozenset({"scale", "choice", "number", "date", "consent"})


def hear(facts: Sequence[Told]) -> None:
    """Erase what voice holds of whoever was erased."""
    for fact in facts:
        if fact.name == "accounts.contact_erased" and fact.subject_id is not None:
            contact = contacts.one(fact.subject_id)
            erase_words(Answer.objects.filter(contact=contact))
            _forget_feedback(contact)
            _close_links(contact, fact.at)
            _go_on_sparing(contact, fact)
            Ask.objects.filter(contact=contact).exclude(custom={}).update(custom={})


def erase_words(answers: QuerySet[Answer]) -> int:
    """Erase the words of some answers, and those that were made of them; the choices stay. Return how many."""
    for each in answers.exclude(details="").select_related("version").iterator():
        Answer.objects.filter(pk=each.pk).update(details=_choices_of(each))
    FollowUp.objects.filter(answer__in=answers.values("pk")).update(
        reason="", would_make_it_yes="", custom={}
    )
    Feedback.objects.filter(answer__in=answers.values("pk")).update(text="", custom={})
    answers.exclude(on_behalf_by=None).update(evidence=MARK)
    answers.filter(on_behalf_by=None).update(evidence="")
    return answers.update(comment="", would_make_it_yes="", custom={})


def _choices_of(answer: Answer) -> str:
    """What was chosen in the parts of a survey, without what was written in them."""
    parts = answer.version.parts if answer.version else []
    chosen = {part["id"] for part in parts if part.get("type") in CHOSEN}
    given: dict[str, Any] = json.loads(answer.details)
    kept = {name: value for name, value in given.items() if name in chosen}
    return json.dumps(kept, sort_keys=True, ensure_ascii=False) if kept else ""


def _forget_feedback(contact: Contact) -> None:
    own = Feedback.objects.filter(Q(contact=contact) | Q(answer__contact=contact))
    own.update(text="", custom={})
    hashes = spared.hashes_of(contact.email) if contact.email else []
    InboundMail.objects.filter(sender_hash__in=hashes).update(sender_hash="")


def _close_links(contact: Contact, at: datetime) -> None:
    """No link of theirs opens any more, and none can be told to have been theirs."""
    AnswerCode.objects.filter(link__contact=contact).delete()
    links = PersonalLink.objects.filter(contact=contact)
    links.filter(revoked_at=None).update(revoked_at=at, revoked_because=Revoked.BY_US)
    for link in links:
        link.token_hash = sha256(secrets.token_bytes(32)).hexdigest()
        link.save(update_fields=["token_hash"])


def _go_on_sparing(contact: Contact, fact: Told) -> None:
    """Whoever wanted no mail gets none, should somebody bring their address again: its hash is kept for that alone."""
    by = Person.objects.get(pk=fact.by_id or 0)
    if contact.unsubscribed_at and contact.email:
        suppressions.suppress(
            address=contact.email,
            scope=SuppressionScope.ALL,
            cause=SuppressionCause.UNSUBSCRIBED,
            by=by,
            at=contact.unsubscribed_at,
            recorded_at=fact.at,
        )
    suppressions.forget_addresses(contact=contact, by=by, at=fact.at)
