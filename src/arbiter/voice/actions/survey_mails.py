"""Asking a survey: by mail, by a personal link to hand over, by voice. The ask, the link and the mail are made in one go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from arbiter.accounts import permissions as accounts
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.actions import asks, links, posting, responses, surveys
from arbiter.voice.actions.letters import Copied
from arbiter.voice.actions.posting import Mailed
from arbiter.voice.models import Channel
from arbiter.voice.queries import budget, letters, survey_mails
from arbiter.voice.queries import surveys as known
from arbiter.voice.rules.budget import Request

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.foundation.models import Person
    from arbiter.voice.models import Answer, SurveyVersion
    from arbiter.voice.queries.letters import AskedGoal


class AskedByLetter(Refusal):
    """Whether they got it and whether they continue is asked by the letter, which shows their goals."""


class NoGoal(Refusal):
    """The survey asks about a goal, and none is named."""


@transaction.atomic
def send(
    *,
    contact: Contact,
    version: SurveyVersion,
    by: Person,
    at: datetime,
    language: str = "",
    rule_key: str = "",
    goal: AskedGoal | None = None,
    closes_at: datetime | None = None,
) -> Mailed:
    """Mail a contact a survey; the ask, the link and the mail stand or fall together.

    A mail that would reach nobody, or nobody who wants it now, is not sent: the outbox shows why.

    Args:
        contact: who is asked.
        version: what is asked; one of the library is stored at its first use.
        by: who asks; replies go to them.
        at: when.
        language: the language it is asked in, as far as there are words; the contact's unless given.
        rule_key: the rule of asking that sends it; without one a colleague does, at an hour of their choice.
        goal: the goal it is about.
        closes_at: until when an answer may be changed.

    Raises:
        NotAllowed: the person may not ask this contact.
        AskedByLetter: it is one of the outcome questions, which the letter asks.
        NoGoal: it asks about a goal, and none is given.
        PutAway: the survey is archived.
    """
    accounts.demand(by, Permission.ASK_CUSTOMERS, contact.customer)
    version = _ready(version, goal, by, at)
    kind, purpose = version.survey.kind, version.survey.purpose
    request = Request(budget.addressee(contact), purpose, kind, by_hand=not rule_key)
    verdict = budget.hold(request.to, at=at).decide(request, at=at)
    asked: dict[str, Any] = {"contact": contact, "version": version, "by": by, "goal": goal}
    wanted = (language,) if language else known.languages_of(contact)
    if not verdict.may:
        because = f"{contact.name} {verdict.sentence}"
        left_out = survey_mails.compose(**asked, language=wanted)
        name = f"voice.survey:none:{contact.pk}:{version.pk}"
        return posting.leave_out(name, left_out, contact=contact, because=because, sender=by, at=at)
    link, token = links.make(contact=contact, by=by, at=at)
    asks.put(
        contact=contact,
        kind=kind,
        channel=Channel.MAIL,
        by=by,
        at=at,
        goal_key=goal.key if goal else "",
        link=link,
        version=version,
        rule_key=rule_key,
        language=known.wording(version, wanted).language,
        closes_at=closes_at,
    )
    mail = survey_mails.compose(**asked, language=wanted, token=token)
    return posting.post("survey", mail, link=link, token=token, sender=by, at=at)


@transaction.atomic
def copy(
    *,
    contact: Contact,
    version: SurveyVersion,
    by: Person,
    at: datetime,
    language: str = "",
    goal: AskedGoal | None = None,
    closes_at: datetime | None = None,
) -> Copied:
    """Ask a survey by a link that a colleague hands over themselves, or by its QR code; see `send`.

    Raises:
        NotAllowed, AskedByLetter, NoGoal, PutAway: see `send`.
        HasLeft: the contact has left the customer.
    """
    version = _ready(version, goal, by, at)
    link, token = links.make(contact=contact, by=by, at=at)
    wanted = (language,) if language else known.languages_of(contact)
    asks.put(
        contact=contact,
        kind=version.survey.kind,
        channel=Channel.LINK,
        by=by,
        at=at,
        goal_key=goal.key if goal else "",
        link=link,
        version=version,
        language=known.wording(version, wanted).language,
        closes_at=closes_at,
    )
    return Copied(link, token, letters.address(token))


@transaction.atomic
def record_call(
    *,
    contact: Contact,
    version: SurveyVersion,
    said: Mapping[str, str],
    evidence: str,
    by: Person,
    at: datetime,
    recorded_at: datetime,
    language: str = "",
    goal: AskedGoal | None = None,
) -> Answer:
    """Keep what a contact said to a survey by voice, marked as recorded on their behalf.

    Args:
        contact: who said it.
        version: what they were asked.
        said: their words or choices, by the id of each part; what was not spoken of is left out.
        evidence: where they said it.
        by: who recorded it.
        at: when they said it.
        recorded_at: when we learnt it.
        language: the language the call was in.
        goal: the goal it was about.

    Raises:
        NotAllowed: the person may not ask this contact, or may not record on behalf.
        HasLeft: the contact has left the customer.
        NoEvidence: it is not said where they said it.
        NotAnAnswer: something said is no answer to its part.
    """
    version = surveys.adopted(version=version, by=by, at=recorded_at)
    ask = asks.put(
        contact=contact,
        kind=version.survey.kind,
        channel=Channel.CALL,
        by=by,
        at=at,
        recorded_at=recorded_at,
        goal_key=goal.key if goal else "",
        version=version,
        language=language,
    )
    return responses.give(
        contact=contact,
        version=version,
        given=said,
        by=by,
        at=at,
        recorded_at=recorded_at,
        ask=ask,
        evidence=evidence,
        language=language,
    )


def _ready(
    version: SurveyVersion, goal: AskedGoal | None, by: Person, at: datetime
) -> SurveyVersion:
    """Return the version as it is stored, if it can be asked so."""
    survey = version.survey
    if known.goes_by_letter(survey):
        raise AskedByLetter(f"“{survey.name}” is asked by the letter, which shows their goals.")
    if survey.archived_at is not None:
        raise surveys.PutAway(f"“{survey.name}” is archived. Take it out again first.")
    if goal is None and known.is_for_goal(version):
        raise NoGoal(f"“{survey.name}” asks about a goal: choose which.")
    return surveys.adopted(version=version, by=by, at=at)
