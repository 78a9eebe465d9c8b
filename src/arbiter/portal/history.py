"""What a contact has told us, with dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from arbiter.outcomes.queries import verdicts
from arbiter.portal import words
from arbiter.voice.queries import answers
from arbiter.voice.queries.choices import AskKind

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.outcomes.models import Verdict
    from arbiter.voice.models import Answer

MOST = 12


@dataclass(frozen=True)
class Told:
    """One thing a contact said: about what, what, in which words, when, and who wrote it down."""

    about: str
    what: str
    at: datetime
    words: str = ""
    would_make_it_yes: str = ""
    noted_by: str = ""


def of(contact: Contact, *, as_of: datetime, most: int = MOST) -> list[Told]:
    """What this contact said, newest first. Answers that we doubt are there too: they said so."""
    said = [_answer(each) for each in _intents(contact, as_of)[:most]]
    said += [_verdict(each) for each in verdicts.of_contact(contact.pk, as_of=as_of)[:most]]
    return sorted(said, key=lambda told: told.at, reverse=True)[:most]


def _intents(contact: Contact, as_of: datetime) -> list[Answer]:
    found = answers.of_contact(contact.pk, as_of=as_of).filter(kind=AskKind.INTENT)
    return list(found.select_related("on_behalf_by")[:MOST])


def _answer(answer: Answer) -> Told:
    return Told(
        about=words.plain("will_you"),
        what=words.plain(f"intent_{answer.value}"),
        at=answer.at,
        words=answer.comment,
        would_make_it_yes=answer.would_make_it_yes,
        noted_by=answer.on_behalf_by.name if answer.on_behalf_by else "",
    )


def _verdict(verdict: Verdict) -> Told:
    what = words.plain(f"verdict_{verdict.verdict}")
    if verdict.helped:
        what = words.plain(f"and_helped_{verdict.helped}", verdict=what)
    return Told(
        about=words.plain("did_you_get_goal", goal=verdict.goal.statement),
        what=what,
        at=verdict.at,
        words=verdict.comment,
        noted_by=verdict.on_behalf_by.name if verdict.on_behalf_by else "",
    )
