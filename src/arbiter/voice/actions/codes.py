"""Six digits by mail, where a high-stakes answer needs proof that the contact reads their own mail."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac

from arbiter.foundation.mail import outbox
from arbiter.foundation.queries import company
from arbiter.foundation.refusals import Refusal
from arbiter.voice import rules
from arbiter.voice.actions import links
from arbiter.voice.models import AnswerCode
from arbiter.voice.queries import speech

if TYPE_CHECKING:
    from arbiter.voice.models import PersonalLink


class NoAddress(Refusal):
    """A code can only be mailed to an address."""


class CodeCheck(StrEnum):
    """What a code that was typed in is worth."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"


@transaction.atomic
def send(*, link: PersonalLink, at: datetime, languages: Sequence[str] = ()) -> AnswerCode:
    """Mail the contact of a link six digits. A silent verb: nothing was said yet.

    Args:
        link: whose contact is to confirm.
        at: when.
        languages: wanted before those of the contact: in which the page speaks that asks for the code.

    Raises:
        NoAddress: the contact has no mail address.
        TooMuchThroughThisLink: more came through the link than a person sends.
    """
    contact = link.contact
    if not contact.email:
        raise NoAddress(
            "A code is needed to record this, and we have no mail address of yours. "
            "Please ask the person who sent you this link."
        )
    links.count(link=link, at=at)
    digits = f"{secrets.randbelow(1_000_000):06}"
    AnswerCode.objects.filter(link=link, used_at=None, expires_at__gt=at).update(expires_at=at)
    code = AnswerCode.objects.create(
        link=link, code_hash=_hash(link, digits), made_at=at, expires_at=at + rules.CODE_LIVES
    )
    minutes = int(rules.CODE_LIVES.total_seconds() // 60)
    said = speech.around(contact, languages=languages, code=digits, minutes=str(minutes))
    context = {
        "code": digits,
        "around": said.words,
        "language": said.language,
        "direction": said.direction,
        "vendor_name": company.name(),
    }
    outbox.put(
        dedupe_key=f"voice.code:{code.pk}",
        about=f"voice.code:{code.pk}",
        to=contact.email,
        subject=said.words["code_subject"],
        text=render_to_string("voice/mail/code.txt", context),
        html=render_to_string("voice/mail/code.html", context),
        at=at,
        secret=True,
    )
    return code


@transaction.atomic
def check(*, link: PersonalLink, typed: str, at: datetime) -> CodeCheck:
    """Use a code up. A wrong one costs an attempt, and that stays so whatever the caller does next.

    A silent verb: the answer that follows tells of itself.
    """
    code = AnswerCode.objects.filter(link=link, used_at=None, expires_at__gt=at).last()
    if code is None:
        return CodeCheck.SPENT
    tried = AnswerCode.objects.filter(pk=code.pk, attempts__lt=rules.CODE_ATTEMPTS, used_at=None)
    if not tried.update(attempts=F("attempts") + 1):
        return CodeCheck.SPENT
    if not constant_time_compare(code.code_hash, _hash(link, "".join(typed.split()))):
        return CodeCheck.WRONG
    AnswerCode.objects.filter(pk=code.pk).update(used_at=at)
    return CodeCheck.RIGHT


def forget(*, at: datetime) -> int:
    """Delete codes that no longer work; return how many. A silent verb: nothing was said by them."""
    deleted, _ = AnswerCode.objects.filter(expires_at__lt=at).delete()
    return deleted


def _hash(link: PersonalLink, digits: str) -> str:
    # A million codes are quickly tried: without the server's key the hash is of no use.
    return salted_hmac("voice.code", f"{link.pk}:{digits}", algorithm="sha256").hexdigest()
