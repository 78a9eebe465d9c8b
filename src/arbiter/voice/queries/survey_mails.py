"""What a mail that asks a survey says, and what a personal link was made to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from arbiter.foundation.queries import company
from arbiter.voice.models import Ask
from arbiter.voice.queries import budget, letters, speech, surveys
from arbiter.voice.queries.asks import Reach, last_asked
from arbiter.voice.queries.letters import NO_TOKEN, AskedGoal, Letter
from arbiter.voice.queries.surveys import Part, PartType, Worded
from arbiter.voice.rules import values
from arbiter.voice.rules.budget import Request

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.foundation.models import Person
    from arbiter.voice.models import PersonalLink, SurveyVersion

# How the page of a link is told which value was tapped in the mail: `/p/<token>/?value=9`. It preselects, no more.
TAPPED = "value"
# How it is told that the link was scanned: `/p/<token>/?via=qr`.
VIA = "via"


@dataclass(frozen=True, slots=True)
class SurveyOrder:
    """The survey that a link asks: its version, the language it was written in, and the goal it is about."""

    ask: Ask
    version: SurveyVersion
    language: str
    goal_key: str = ""


def order_of(link: PersonalLink) -> SurveyOrder | None:
    """Return the survey a link asks; None where the letter or nothing stands behind it. One query."""
    found = Ask.objects.filter(link=link, version__isnull=False).select_related("version__survey")
    ask = found.order_by("pk").first()
    if ask is None or ask.version is None:
        return None
    return SurveyOrder(ask, ask.version, ask.language, ask.goal_key)


def compose(
    *,
    contact: Contact,
    version: SurveyVersion,
    by: Person,
    language: str | tuple[str, ...] = "",
    goal: AskedGoal | None = None,
    token: str = NO_TOKEN,
    as_of: datetime | None = None,
) -> Letter:
    """Write the mail that asks a contact a survey.

    Args:
        contact: who is asked.
        version: what is asked.
        by: who asks; replies go to them.
        language: the language wanted; those of the contact unless given.
        goal: the goal it is about.
        token: of the personal link; without it the links lead nowhere.
        as_of: the words as they were; as they are unless given.
    """
    worded = surveys.wording(version, language or surveys.languages_of(contact), as_of=as_of)
    words = surveys.filled(worded.words, contact, goal=goal.statement if goal else "")
    url = letters.address(token)
    context = {
        "words": words,
        "around": speech.around(contact, languages=(worded.language,)).words,
        "language": worded.language,
        "direction": "rtl" if worded.right_to_left else "ltr",
        "choices": _choices(version, worded, url),
        "is_scale": bool(version.scale),
        "steps_width": f"{100 // max(1, len(values.steps(version.scale)))}%",
        "url": url,
        "sender_name": by.name if by.is_active else "",
        "vendor_name": company.name(),
        "not_you_url": letters.address(token, "portal:wrong-person"),
        "unsubscription_url": letters.address(token, "portal:unsubscription"),
    }
    return Letter(
        subject=words.get("subject", ""),
        text=render_to_string("voice/mail/survey.txt", context),
        html=render_to_string("voice/mail/survey.html", context),
        headers=letters.unsubscribing(token, version.survey.kind),
        language=worded.language,
    )


def reach(people: Sequence[Contact], version: SurveyVersion, *, at: datetime) -> list[Reach]:
    """Who of these contacts can be mailed a survey at a moment, and why not: a few queries for any number.

    Args:
        people: some thousand at most, with their customers.
        version: what they would be asked.
        at: when.
    """
    asked = last_asked([contact.pk for contact in people], at=at)
    told = budget.told(people)
    spent = budget.of(told, at=at)
    survey = version.survey
    verdicts = [
        spent.decide(Request(each, survey.purpose, survey.kind, by_hand=True), at=at)
        for each in told
    ]
    return [
        Reach(contact, asked.get(contact.pk), verdict.sentence)
        for contact, verdict in zip(people, verdicts, strict=True)
    ]


def _choices(version: SurveyVersion, worded: Worded, url: str) -> list[tuple[str, Any]]:
    """Where each value that can be tapped leads; what is written is written on the page."""
    first = surveys.parts_of(version)[0]
    return [
        (f"{url}?{TAPPED}={value}", label) for value, label in _tappable(first, version, worded)
    ]


def _tappable(first: Part, version: SurveyVersion, worded: Worded) -> list[tuple[str, str]]:
    if first.type == PartType.SCALE:
        return [(str(step), str(step)) for step in values.steps(version.scale)]
    if first.type == PartType.CHOICE:
        labels = ((each, surveys.label_of(worded.words, first.id, each)) for each in first.choices)
        return [(each, label or each) for each, label in labels]
    return []
