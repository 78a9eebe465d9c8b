"""Somebody in front of a survey: who, what is asked, in which words, and where the answer is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from arbiter.outcomes.queries import goals
from arbiter.portal import languages
from arbiter.portal.access import Visit
from arbiter.voice.queries import speech, survey_mails, surveys
from arbiter.voice.queries.surveys import Part, PartType, Worded

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.voice.models import Ask, PersonalLink, SurveyVersion

# What is tapped is sent before anything is written: the rest follows on a page of its own.
TAPPED = frozenset({PartType.SCALE, PartType.CHOICE})


@dataclass(frozen=True)
class Sitting:
    """A contact, an ask and a moment. `link` is theirs; in the widget there is none, and `via` says so.

    `token` opens the addresses that are called `portal:<prefix>…`; without one it is a preview, and nothing can be sent.
    `language` is the mail's, `picked` the one chosen on the page.
    """

    contact: Contact
    version: SurveyVersion
    at: datetime
    ask: Ask | None = None
    token: str = ""
    prefix: str = ""
    link: PersonalLink | None = None
    language: str = ""
    via: str = ""
    picked: str = ""

    @cached_property
    def worded(self) -> Worded:
        """The words in the language that was picked, or else in that of the mail, or else in the reader's."""
        said = (self.picked, self.language, *surveys.languages_of(self.contact))
        return surveys.wording(self.version, [code for code in said if code])

    @cached_property
    def words(self) -> Mapping[str, Any]:
        """The words with the names filled in."""
        key = self.ask.goal_key if self.ask else ""
        return surveys.filled(self.worded.words, self.contact, goal=self.statement_of(key))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Everything that is asked for, in its order."""
        return surveys.parts_of(self.version)

    @property
    def first(self) -> tuple[Part, ...]:
        """What the first page asks: the one thing to tap, or all there is to write."""
        return self.parts[:1] if self.parts[0].type in TAPPED else self.parts

    @property
    def later(self) -> tuple[Part, ...]:
        """What may follow once the answer is recorded."""
        return self.parts[len(self.first) :]

    @property
    def is_closed(self) -> bool:
        """Whether the time to answer is over."""
        ends = self.ask.closes_at if self.ask else None
        return ends is not None and ends <= self.at

    def url(self, name: str, *args: object) -> str:
        """Return the address of a page of this sitting."""
        spoken = self.picked or (self.asked_in if name == "thanks" else "")
        return languages.address(f"{self.prefix}{name}", self.token, *args, language=spoken)

    @cached_property
    def asked_in(self) -> str:
        """The language they were asked in, where it is not their own: a page that knows no survey goes on in it."""
        asked = speech.base_of(self.language.lower())
        own = asked not in speech.LANGUAGES or asked == speech.language_of(self.contact)
        return "" if own else asked

    def statement_of(self, goal_key: str) -> str:
        """Return what the customer said they want, for words that name it."""
        if not goal_key:
            return ""
        found = goals.of(self.contact.customer, as_of=self.at).filter(key=goal_key)
        return str(found.values_list("statement", flat=True).first() or "")


def behind(visit: Visit, *, via: str = "") -> Sitting | None:
    """Return the survey that a personal link was made to ask; None where the letter stands behind it."""
    order = survey_mails.order_of(visit.link)
    if order is None:
        return None
    return Sitting(
        contact=visit.contact,
        version=order.version,
        at=visit.at,
        ask=order.ask,
        token=visit.token,
        link=visit.link,
        language=order.language,
        via=via if via == "qr" else "",
        picked=visit.picked,
    )
