"""What a contact answers: kept as it was said, followed by a later one, never edited."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from arbiter.accounts import permissions as accounts
from arbiter.foundation import journal
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice import permissions, rules
from arbiter.voice.actions import links
from arbiter.voice.models import Answer, AskKind, Intent
from arbiter.voice.queries import arrivals
from arbiter.voice.queries.arrivals import Arrival
from arbiter.voice.rules import values

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.voice.models import Ask, PersonalLink, SurveyVersion


# Every answer looks this up: the newest question of its kind, and what this contact just answered or what came
# with the same form. One statement, written out: composing it anew takes longer than the database's reply.
LOOK_BACK = """
    SELECT asked.id, asked.delivered_at, given.id, given.value, given.submission
    FROM (SELECT 1 AS row) AS one
    LEFT JOIN (
        SELECT id, delivered_at FROM voice_ask WHERE contact_id = %s AND kind = %s AND at <= %s
        ORDER BY at DESC, id DESC LIMIT 1
    ) AS asked ON 1 = 1
    LEFT JOIN voice_answer AS given ON given.contact_id = %s
        AND (given.submission = %s OR (given.kind = %s AND given.at BETWEEN %s AND %s))
"""


@dataclass(frozen=True)
class Before:
    """What came before an answer. `recent` holds the number, the value and the form of earlier ones."""

    ask_id: int | None
    delivered_at: datetime | None
    recent: tuple[tuple[int, str, str | None], ...]

    def of_the_same_form(self, submission: str | None) -> int | None:
        """Return the number of the answer that came with the same form."""
        same = (pk for pk, _, form in self.recent if submission and form == submission)
        return next(same, None)


class NotTheirs(Refusal):
    """One contact may not answer for another."""


class NoEvidence(Refusal):
    """What a contact said is recorded on their behalf only with where it was said."""


class NotAnAnswer(Refusal):
    """The question cannot be answered so."""


class AskClosed(Refusal):
    """The question was open for a time, and that is over."""


def give(
    *,
    contact: Contact,
    kind: str,
    value: str,
    by: Contact | Person,
    at: datetime,
    recorded_at: datetime | None = None,
    comment: str = "",
    would_make_it_yes: str = "",
    scale: str = "",
    ask: Ask | None = None,
    link: PersonalLink | None = None,
    arrival: Arrival | None = None,
    evidence: str = "",
    submission: str | None = None,
    version: SurveyVersion | None = None,
    language: str = "",
    details: Mapping[str, str] | None = None,
    may_quote: bool | None = None,
    via: str = "",
) -> Answer:
    """Keep what a contact answered; the same submission again returns the first answer.

    Args:
        contact: whose answer it is.
        kind: the question, one of `AskKind`.
        value: the answer; for an intent one of `Intent`.
        by: the contact, or a colleague who records on their behalf.
        at: when it was said.
        recorded_at: when we learnt it.
        comment: their words.
        would_make_it_yes: what would have to change, in their words.
        scale: the scale of a number, such as `0-10`.
        ask: the question it answers; the newest of its kind to this contact unless given.
        link: the personal link it came through.
        arrival: how it came in; an answer that looks like a machine's is flagged and does not count.
        evidence: where it was said, when a colleague records it.
        submission: the form's own number.
        version: the version of a survey that was answered; it brings its scale, and says what can be a value.
        language: the one in which it was shown.
        details: the other parts of a survey's answer, by their id.
        may_quote: whether they agreed to be quoted; None when they said neither.
        via: how it came in, where that is more than the channel of the question: `qr`, `widget`.

    Raises:
        NotTheirs: another contact answers.
        HasLeft: the contact has left the customer.
        NotAllowed, NoEvidence: the colleague may not, or says not where it was said.
        NotAnAnswer: the value is no answer to the question.
        AskClosed: the question was open until a moment that is past.
        TooMuchThroughThisLink: more came through the link than a person sends.
    """
    on_behalf_by = _author(contact, by, evidence, at)
    _demand_an_answer(kind, value, version)
    demand_open(ask, at)
    # What can be read is read before the transaction: a database may have one writer at a time.
    # The count of the link tells whether anything came through it meanwhile.
    before = _look_back(contact, kind, submission, at)
    with transaction.atomic():
        if link is not None and links.count(link=link, at=at):
            before = _look_back(contact, kind, submission, at)
        if first := before.of_the_same_form(submission):
            return Answer.objects.get(pk=first)
        flag = _machine_like(before, value, arrival, options=_options(kind, version))
        answer = Answer(
            contact=contact,
            kind=kind,
            value=value,
            scale=version.scale if version else scale,
            comment=comment.strip(),
            would_make_it_yes=would_make_it_yes.strip(),
            ask_id=ask.pk if ask else before.ask_id,
            at=at,
            recorded_at=recorded_at or at,
            on_behalf_by=on_behalf_by,
            evidence=evidence.strip(),
            flagged=bool(flag),
            flag_reason=flag,
            submission=submission,
            version=version,
            language=language,
            details=json.dumps(details, ensure_ascii=False) if details else "",
            may_quote=may_quote,
            via=via,
        )
        answer.save(force_insert=True)
        _tell(answer, by)
    return answer


def demand_open(ask: Ask | None, at: datetime) -> None:
    """Refuse an answer to a question that is closed by a moment.

    Raises:
        AskClosed: the question was open until a moment that is past.
    """
    if ask is not None and ask.closes_at is not None and ask.closes_at <= at:
        raise AskClosed(f"This question closed on {ask.closes_at:%-d %B %Y}.")


def _demand_an_answer(kind: str, value: str, version: SurveyVersion | None) -> None:
    if kind == AskKind.INTENT and value not in Intent.values:
        raise NotAnAnswer("Choose yes, not sure or no.", field="value")
    if version is not None and (wrong := values.wrong_with(version.parts, version.scale, value)):
        raise NotAnAnswer(wrong, field="value")


def _options(kind: str, version: SurveyVersion | None) -> frozenset[str]:
    """Everything that could be answered: whoever gives all of it within seconds is no person."""
    if kind == AskKind.INTENT:
        return frozenset(Intent.values)
    return values.options(version.parts, version.scale) if version else frozenset()


def _tell(answer: Answer, by: Contact | Person) -> None:
    journal.record(
        "voice.answer_given",
        subject=answer,
        by=by,
        at=answer.at,
        recorded_at=answer.recorded_at,
        customer=answer.contact.customer_id,
        contact=answer.contact_id,
        kind=answer.kind,
        flagged=answer.flagged,
        on_behalf=answer.on_behalf_by_id is not None,
        worded=bool(answer.comment or answer.would_make_it_yes),
    )


def _author(contact: Contact, by: Contact | Person, evidence: str, at: datetime) -> Person | None:
    """Return the colleague who records on the contact's behalf; None when the contact speaks."""
    permissions.demand_there(contact, at)
    if not isinstance(by, Person):
        if by.pk != contact.pk:
            raise NotTheirs(f"Only {contact.name} can answer for {contact.name}.")
        return None
    accounts.demand(by, Permission.RECORD_ON_BEHALF, contact.customer)
    if not evidence.strip():
        raise NoEvidence(
            f"Say where {contact.name} said so: a call, a mail, a meeting.", field="evidence"
        )
    return by


def _look_back(contact: Contact, kind: str, submission: str | None, at: datetime) -> Before:
    moment = connection.ops.adapt_datetimefield_value
    since, until = moment(at - rules.BURST), moment(at)
    asked: list[Any] = [contact.pk, kind, until]
    with connection.cursor() as cursor:
        cursor.execute(LOOK_BACK, [*asked, contact.pk, submission, kind, since, until])
        rows = cursor.fetchall()
    ask_id, delivered_at = rows[0][:2]
    given = tuple((pk, value, form) for _, _, pk, value, form in rows if pk is not None)
    return Before(ask_id, _aware(delivered_at), given)


def _aware(moment: datetime | str | None) -> datetime | None:
    """Return an instant with its zone: SQLite keeps it in UTC without one."""
    if moment is None:
        return None
    known = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return known if known.tzinfo else known.replace(tzinfo=UTC)


def _machine_like(
    before: Before, value: str, arrival: Arrival | None, *, options: frozenset[str]
) -> str:
    """Return why the answer looks like a machine's; what came in the same burst is flagged with it."""
    if arrival is None:
        return ""
    if arrival.delivered_at is None:
        arrival = replace(arrival, delivered_at=before.delivered_at)
    given = frozenset({value, *(earlier for _, earlier, _ in before.recent)})
    flag = arrivals.judge(arrival, values=given, options=options)
    if flag and options and options <= given:
        burst = [pk for pk, _, _ in before.recent]
        Answer.objects.filter(pk__in=burst).update(flagged=True, flag_reason=flag)
    return flag
