"""What customers tell us: taken in verbatim, given to somebody, worked on. Their words are never edited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from arbiter.accounts import permissions
from arbiter.foundation import journal
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.models import CLOSED, Answer, Feedback, FeedbackSource, FeedbackStatus

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Customer
    from arbiter.foundation.journal import Told
    from arbiter.foundation.models import Person
    from arbiter.voice.models import Ask

AT_ONCE = 500
ABOUT_ANSWERS = frozenset({"voice.answer_given", "voice.answer_completed", "voice.answer_reviewed"})


class NothingSaid(Refusal):
    """Feedback is somebody's words, and there are none."""


class FromElsewhere(Refusal):
    """The contact is another customer's."""


class NoSuchSource(Refusal):
    """Nobody knows where such feedback would come from."""


class NoSuchStatus(Refusal):
    """Feedback is new, planned, in work, done or declined."""


@transaction.atomic
def receive(
    *,
    customer: Customer,
    text: str,
    source: str,
    by: Person | Contact,
    at: datetime,
    recorded_at: datetime | None = None,
    contact: Contact | None = None,
    answer: Answer | None = None,
    ask: Ask | None = None,
    language: str = "",
    goal_key: str = "",
    product_area: str = "",
    key: str = "",
) -> Feedback:
    """Take in what somebody at a customer said; of an answer it is taken once.

    Args:
        customer: whose people said it.
        text: their words, verbatim.
        source: where they said it, one of `FeedbackSource`.
        by: the colleague who writes it down, or the contact themselves.
        at: when it was said.
        recorded_at: when we learnt it.
        contact: who said it, where that is known.
        answer: the answer it was said with.
        ask: the question it was written back to, beside or instead of an answer.
        language: the language of the words, where that is known.
        goal_key: the goal it stands in the way of.
        product_area: the part of our product it is about.
        key: whoever tells it, may know it by a key of theirs; told again under that key, it is not taken in again.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        NothingSaid: there are no words.
        NoSuchSource: the source is none of those known.
        FromElsewhere: the contact is another customer's.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, customer)
    if not text.strip():
        raise NothingSaid("Write down what they said, in their words.", field="text")
    if source not in FeedbackSource.values:
        raise NoSuchSource("Choose where it was said.", field="source")
    if contact is not None and contact.customer_id != customer.pk:
        raise FromElsewhere(f"{contact.name} is not at {customer.name}.", field="contact")
    if key and (held := Feedback.objects.filter(key=key, customer=customer).first()):
        return held
    told = Feedback(
        **({"key": key} if key else {}),
        customer=customer,
        contact=contact,
        ask=ask,
        at=at,
        recorded_at=recorded_at or at,
        text=text.strip(),
        language=language,
        source=source,
        goal_key=goal_key,
        product_area=product_area.strip(),
    )
    if answer is None:
        told.save(force_insert=True)
    else:
        values = {name: getattr(told, name) for name in _TAKEN}
        told, is_new = Feedback.objects.get_or_create(answer=answer, defaults=values)
        if not is_new:
            return told
    _tell("feedback_received", told, by, at, recorded_at, source=source)
    return told


@transaction.atomic
def assign(
    *,
    feedback: Feedback,
    owner: Person | None,
    by: Person,
    at: datetime,
    due_on: date | None = None,
) -> Feedback:
    """Have a colleague see to it by a day; without an owner it is anybody's again.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, feedback.customer)
    feedback.owner, feedback.due_on = owner, due_on
    feedback.save(update_fields=["owner", "due_on"])
    details = {"owner": owner.pk if owner else None, "due_on": due_on}
    _tell("feedback_assigned", feedback, by, at, None, **details)
    return feedback


@transaction.atomic
def set_status(*, feedback: Feedback, status: str, by: Person, at: datetime) -> Feedback:
    """Say how far we are with it; any status may follow any other, and the journal keeps them all.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
        NoSuchStatus: the status is none of those known.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, feedback.customer)
    if status not in FeedbackStatus.values:
        raise NoSuchStatus("Choose how far it is.", field="status")
    if status != feedback.status:
        before, feedback.status = feedback.status, status
        if status not in CLOSED:
            feedback.closed_at = None
        elif before not in CLOSED:
            feedback.closed_at = at
        feedback.save(update_fields=["status", "closed_at"])
        _tell("feedback_moved", feedback, by, at, None, before=before, status=status)
    return feedback


@transaction.atomic
def relate(
    *, feedback: Feedback, goal_key: str, product_area: str, by: Person, at: datetime
) -> Feedback:
    """Say which goal it stands in the way of and which part of our product it is about; empty for neither.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not.
    """
    permissions.demand(by, Permission.EDIT_CUSTOMERS, feedback.customer)
    feedback.goal_key, feedback.product_area = goal_key, product_area.strip()
    feedback.save(update_fields=["goal_key", "product_area"])
    _tell("feedback_related", feedback, by, at, None, has_goal=bool(goal_key))
    return feedback


def hear(facts: Sequence[Told]) -> None:
    """Take in the comments of answers as they are given (a listener of the journal).

    A silent verb: the answer's own fact tells it. What looks like a machine's answer is left out until a person lets it count,
    and what was taken in before the machine showed itself goes again, as long as nobody has worked on it.
    """
    given: list[int] = []
    doubted: set[int] = set()
    for fact in facts:
        if fact.name not in ABOUT_ANSWERS or fact.subject_id is None:
            continue
        told = fact.details
        # Every answer waits for this: of one without words nothing is read.
        if told.get("worded", True):
            given.append(fact.subject_id)
        if told.get("flagged") or told.get("decision") == "stays_out":
            doubted.add(int(told.get("contact") or 0))
    for start in range(0, len(given), AT_ONCE):
        _take(given[start : start + AT_ONCE])
    if doubted:
        untouched = Q(status=FeedbackStatus.NEW, owner=None, sortings=None, replies=None)
        flagged = Feedback.objects.filter(answer__flagged=True, contact_id__in=doubted)
        Feedback.objects.filter(pk__in=flagged.filter(untouched).values("pk")).delete()


def key_of(answer_key: str) -> str:
    """Return the key of the feedback that an answer's comment becomes: told apart from keys of a user's own."""
    return f"answer:{answer_key}"[:200]


_TAKEN = (
    *("customer_id", "contact_id", "at", "recorded_at", "text"),
    *("language", "source", "goal_key", "product_area"),
)


def _take(answer_ids: list[int]) -> None:
    """Write the feedback of answers that have words, count, and have none yet."""
    worded = ~Q(comment="") | ~Q(would_make_it_yes="")
    found = Answer.objects.filter(worded, pk__in=answer_ids, flagged=False, feedback=None)
    told = [_of(answer) for answer in found.select_related("contact", "ask")]
    if told:
        Feedback.objects.bulk_create(told, ignore_conflicts=True)


def _of(answer: Answer) -> Feedback:
    words = (answer.comment.strip(), answer.would_make_it_yes.strip())
    return Feedback(
        key=key_of(answer.key),
        customer_id=answer.contact.customer_id,
        contact_id=answer.contact_id,
        answer=answer,
        at=answer.at,
        recorded_at=answer.recorded_at,
        text="\n\n".join(filter(None, words)),
        language=answer.language,
        source=FeedbackSource.ANSWER,
        goal_key=answer.ask.goal_key if answer.ask else "",
        import_id=answer.import_id,
    )


def _tell(
    name: str,
    feedback: Feedback,
    by: Person | Contact,
    at: datetime,
    recorded_at: datetime | None,
    **details: Any,
) -> None:
    journal.record(
        f"voice.{name}",
        subject=feedback,
        by=by,
        at=at,
        recorded_at=recorded_at,
        customer=feedback.customer_id,
        contact=feedback.contact_id,
        **details,
    )
