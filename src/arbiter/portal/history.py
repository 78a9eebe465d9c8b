"""What a contact has told us, with dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from arbiter.outcomes.queries import verdicts
from arbiter.portal import parts, words
from arbiter.portal.sittings import Sitting
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
    quote: str = ""
    would_make_it_yes: str = ""
    noted_by: str = ""


def of(contact: Contact, *, as_of: datetime, most: int = MOST) -> list[Told]:
    """What this contact said, newest first. Answers that we doubt are there too: they said so."""
    given = _answers(contact, as_of)[:most]
    said = [_answer(each) for each in given if each.kind == AskKind.INTENT]
    said += Surveyed(contact, as_of).told(
        [each for each in given if each.kind != AskKind.INTENT and each.version]
    )
    said += [_verdict(each) for each in verdicts.of_contact(contact.pk, as_of=as_of)[:most]]
    return sorted(said, key=lambda told: told.at, reverse=True)[:most]


class Surveyed:
    """What a contact answered to surveys, in the words they were asked in. Each wording is read once."""

    def __init__(self, contact: Contact, as_of: datetime) -> None:
        self.contact, self.as_of = contact, as_of
        self._sittings: dict[tuple[object, ...], Sitting] = {}

    def told(self, given: list[Answer]) -> list[Told]:
        """Each answer as it is told."""
        return [self._told(answer) for answer in given]

    def _told(self, answer: Answer) -> Told:
        sitting = self._sitting(answer)
        quote = {None: "", True: "may_quote", False: "may_not_quote"}[answer.may_quote]
        return Told(
            about=str(sitting.words.get("question", "")),
            what=parts.shown(sitting, answer.value),
            at=answer.at,
            words=answer.comment,
            quote=words.plain(quote) if quote else "",
            noted_by=answer.on_behalf_by.name if answer.on_behalf_by else "",
        )

    def _sitting(self, answer: Answer) -> Sitting:
        assert answer.version is not None
        goal = answer.ask.goal_key if answer.ask else ""
        key = (answer.version.pk, answer.language, goal)
        if key not in self._sittings:
            self._sittings[key] = Sitting(
                self.contact, answer.version, self.as_of, ask=answer.ask, language=answer.language
            )
        return self._sittings[key]


def _answers(contact: Contact, as_of: datetime) -> list[Answer]:
    asked = Q(kind=AskKind.INTENT) | Q(version__isnull=False)
    found = answers.of_contact(contact.pk, as_of=as_of).filter(asked)
    return list(found.select_related("on_behalf_by", "version__survey", "ask")[:MOST])


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
