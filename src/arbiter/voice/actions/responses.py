"""Answers to surveys: part by part, as far as somebody went."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.foundation import journal
from arbiter.voice.actions import answers, links
from arbiter.voice.actions.answers import NotAnAnswer, demand_open
from arbiter.voice.models import Answer
from arbiter.voice.queries import arrivals
from arbiter.voice.rules import values

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.foundation.models import Person
    from arbiter.voice.models import Ask, PersonalLink, SurveyVersion
    from arbiter.voice.queries.arrivals import Arrival


def give(
    *,
    contact: Contact,
    version: SurveyVersion,
    given: Mapping[str, str],
    by: Contact | Person,
    at: datetime,
    recorded_at: datetime | None = None,
    ask: Ask | None = None,
    link: PersonalLink | None = None,
    arrival: Arrival | None = None,
    language: str = "",
    via: str = "",
    evidence: str = "",
    submission: str | None = None,
) -> Answer:
    """Keep what a contact answered to a survey; parts left empty may be completed later.

    Args:
        contact: whose answer it is.
        version: what was asked, with its survey.
        given: what was chosen or written, by the id of the part.
        by: the contact, or a colleague who records on their behalf.
        at: when it was said.
        recorded_at: when we learnt it.
        ask: the question it answers.
        link: the personal link it came through.
        arrival: how it came in.
        language: the one in which it was shown.
        via: how it came in, where that is more than the channel of the ask: `qr`, `widget`.
        evidence: where it was said, when a colleague records it.
        submission: the form's own number.

    Raises:
        NotAnAnswer: the first part was left out, or a part cannot be answered so; its id is the field.
        AskClosed, NotTheirs, HasLeft, NotAllowed, NoEvidence, TooMuchThroughThisLink: as `answers.give`.
    """
    _demand_each(version, given)
    whole = values.gather(version.parts, given)
    return answers.give(
        contact=contact,
        kind=version.survey.kind,
        value=whole.value,
        comment=whole.comment,
        details=whole.details,
        may_quote=whole.may_quote,
        version=version,
        ask=ask,
        link=link,
        arrival=arrival,
        language=language,
        via=via,
        evidence=evidence,
        submission=submission,
        by=by,
        at=at,
        recorded_at=recorded_at,
    )


@transaction.atomic
def complete(
    *,
    answer: Answer,
    given: Mapping[str, str],
    by: Contact | Person,
    at: datetime,
    link: PersonalLink | None = None,
    arrival: Arrival | None = None,
) -> Answer:
    """Add the parts that were left empty; what was said before stays as it was said.

    The value is never among them: another value is another answer. The same parts again change nothing.

    Raises:
        NotAnAnswer: a part cannot be answered so; its id is the field.
        NotTheirs: another contact completes it.
        AskClosed: the question was open until a moment that is past.
        TooMuchThroughThisLink: more came through the link than a person sends.
    """
    if by != answer.contact:
        raise answers.NotTheirs(f"Only {answer.contact.name} can answer for themselves.")
    version = answer.version
    assert version is not None, "only an answer to a survey has parts"
    demand_open(answer.ask, at)
    _demand_each(version, given)
    if link is not None:
        links.count(link=link, at=at)
    answer = Answer.objects.select_for_update().get(pk=answer.pk)
    added = _added(answer, version, given)
    if added:
        answer.save(update_fields=_fill(answer, version, added, arrival))
        _tell(answer, added, by, at)
    return answer


def _demand_each(version: SurveyVersion, given: Mapping[str, str]) -> None:
    for part in version.parts:
        value = given.get(part["id"], "").strip()
        if value and (wrong := values.wrong_with_part(part, version.scale, value)):
            raise NotAnAnswer(wrong, field=part["id"])


def _added(answer: Answer, version: SurveyVersion, given: Mapping[str, str]) -> dict[str, str]:
    """What is new: parts that were empty until now, but for the value."""
    known = json.loads(answer.details or "{}")
    found = {}
    for place, part in enumerate(version.parts):
        key, kind = str(part["id"]), part["type"]
        there = answer.may_quote is not None if kind == values.CONSENT else key in known
        is_value = place == 0 and kind != values.TEXT
        if given.get(key, "").strip() and not (there or is_value):
            found[key] = given[key].strip()
    return found


def _fill(
    answer: Answer, version: SurveyVersion, added: Mapping[str, str], arrival: Arrival | None
) -> list[str]:
    """Put what is new into its fields, and return their names."""
    details = json.loads(answer.details or "{}")
    whole = values.gather(version.parts, {**details, **added})
    answer.comment = whole.comment
    answer.details = json.dumps(dict(whole.details), ensure_ascii=False)
    changed = ["comment", "details"]
    if whole.may_quote is not None and answer.may_quote is None:
        answer.may_quote = whole.may_quote
        changed.append("may_quote")
    flag = arrivals.judge(arrival) if arrival else ""
    if flag and not answer.flagged:
        answer.flagged, answer.flag_reason = True, flag
        changed += ["flagged", "flag_reason"]
    return changed


def _tell(answer: Answer, added: Mapping[str, str], by: Contact | Person, at: datetime) -> None:
    journal.record(
        "voice.answer_completed",
        subject=answer,
        by=by,
        at=at,
        customer=answer.contact.customer_id,
        contact=answer.contact_id,
        kind=answer.kind,
        flagged=answer.flagged,
        parts=sorted(added),
    )
