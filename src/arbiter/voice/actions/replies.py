"""Replies to our mail: what somebody wrote beside, or instead of, answering. Kept as feedback, never as an answer."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.accounts.queries import contacts
from arbiter.foundation import journal
from arbiter.foundation.queries import mail as outbox
from arbiter.voice.actions import deliveries, feedback, subscriptions
from arbiter.voice.models import Ask, AskKind, FeedbackSource, InboundMail
from arbiter.voice.queries import links
from arbiter.voice.queries.suppressions import hash_of
from arbiter.voice.rules import leaving
from arbiter.voice.rules.deliveries import News

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.foundation.mail.received import Bounce, Received
    from arbiter.foundation.models import OutboxMail, Person
    from arbiter.voice.models import PersonalLink

NO_PERSON = "No person wrote it: {why}."
NO_MAIL_OF_OURS = "It answers no mail of ours."
NOBODY_THERE = "It came from an address that is nobody's at this customer."
NO_WORDS = "It holds no words of theirs."
A_BOUNCE = "It reports a mail that did not arrive."


@transaction.atomic
def receive(*, mail: Received, by: Person, at: datetime) -> InboundMail:
    """Take in a mail that reached us: a reply to one of ours becomes feedback of whoever wrote it.

    It is never an answer by itself: whether somebody continues is said by pressing a button. What no person wrote, what
    answers no mail of ours and what comes from somebody we do not know is ignored, with the reason. A report of a mail
    that did not arrive is noted as news of that mail. What a mail program writes to unsubscribe (`rules.leaving`) stops
    the mail as the link does. The same mail again changes nothing.

    Args:
        mail: the mail, taken apart.
        by: the system, on behalf of the mailbox or the provider.
        at: when it reached us.
    """
    kept, is_new = InboundMail.objects.get_or_create(
        message_id=_number(mail),
        defaults={"sender_hash": hash_of(mail.sender), "received_at": at},
    )
    if not is_new:
        return kept
    answered = outbox.sent_as(mail.answers)
    kept.about = answered.about if answered else ""
    if mail.bounce:
        _note_bounce(mail.bounce, kept, by, at)
        kept.ignored_because = A_BOUNCE
    elif token := leaving.token_in(mail.subject):
        kept.ignored_because = _stop(token, kept, at)
    elif mail.automatic:
        kept.ignored_because = NO_PERSON.format(why=mail.automatic)[:200]
    else:
        kept.ignored_because = _keep(mail, answered, kept, by, at)
    kept.save(update_fields=["about", "feedback", "ignored_because"])
    if kept.ignored_because:
        journal.record("voice.reply_ignored", subject=kept, by=by, at=at, why=kept.ignored_because)
    return kept


def _number(mail: Received) -> str:
    """By what a mail is known; one without a Message-ID by what it holds."""
    if mail.message_id:
        return mail.message_id
    held = f"{mail.sender}\n{mail.at}\n{mail.answers}\n{mail.text}"
    return f"sha256:{hashlib.sha256(held.encode()).hexdigest()}"


def _keep(
    mail: Received, answered: OutboxMail | None, kept: InboundMail, by: Person, at: datetime
) -> str:
    """Keep a reply as feedback; return why not, if it is not kept."""
    link = deliveries.link_of(answered.about) if answered else None
    if link is None:
        return NO_MAIL_OF_OURS
    writer = _writer(link, mail.sender)
    if writer is None:
        return NOBODY_THERE
    if not mail.text:
        return NO_WORDS
    asked, goal_key = _asked(link)
    kept.feedback = feedback.receive(
        customer=writer.customer,
        text=mail.text,
        source=FeedbackSource.REPLY,
        by=by if writer.left_on else writer,
        at=min(mail.at or at, at),
        recorded_at=at,
        contact=writer,
        # Whoever it was passed on to speaks for themselves: their words belong beside nobody else's answer.
        ask=asked if writer.pk == link.contact_id else None,
        language=asked.language if asked else "",
        goal_key=goal_key,
    )
    return ""


def _asked(link: PersonalLink) -> tuple[Ask | None, str]:
    """The question of a mail and the goal it begins with.

    A letter asks several: the reply belongs beside the answer that is kept here. Verdicts, and goals without a survey, are
    answered beside the goals.
    """
    asked = list(Ask.objects.filter(link=link).order_by("pk"))
    here = (
        each
        for each in asked
        if each.kind != AskKind.VERDICT and (each.kind != AskKind.GOAL or each.version_id)
    )
    return next(here, asked[0] if asked else None), asked[0].goal_key if asked else ""


def _stop(token: str, kept: InboundMail, at: datetime) -> str:
    """Stop the mail of whoever's link it is, as a press of its button does; return why not, if nobody's.

    Who sends it, and whether a person pressed send, is not asked: the token is the authority, as it is in the address.
    """
    found = links.find(token, at=at)
    if found is None:
        return NO_MAIL_OF_OURS
    kept.about = f"voice.unsubscription:{found.link.pk}"
    subscriptions.stop(contact=found.link.contact, at=at)
    return ""


def _writer(link: PersonalLink, sender: str) -> Contact | None:
    """Who wrote it: whom the mail went to, or somebody else at their customer to whom it was passed on."""
    there = contacts.of(link.contact.customer).select_related("customer")
    found = [each for each in there if each.email.lower() == sender and sender]
    if any(each.pk == link.contact_id for each in found):
        return link.contact
    return found[0] if found else None


def _note_bounce(bounce: Bounce, kept: InboundMail, by: Person, at: datetime) -> None:
    """Note a mail that came back, if it was ours: a stranger must not have an address spared."""
    if outbox.sent_as([bounce.message_id] if bounce.message_id else []) is None:
        return
    deliveries.note(
        number=f"report:{kept.message_id}",
        kind=News.HARD_BOUNCE if bounce.is_final else News.SOFT_BOUNCE,
        address="",
        by=by,
        at=at,
        message_id=bounce.message_id,
        detail=f"{bounce.status} {bounce.said}".strip(),
    )
