"""The customer judges. A colleague may only write down what a contact said, marked as such."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import SYSTEM, Permission
from arbiter.outcomes import permissions
from arbiter.outcomes.actions import told
from arbiter.outcomes.actions.goals import FromElsewhere, demand_standing
from arbiter.outcomes.models import Awareness, Goal, Helped, Judgement, Knows, Verdict
from arbiter.outcomes.permissions import Actor

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact

TEACHES = {
    Judgement.ACHIEVED: Knows.AGREED,
    Judgement.PARTLY: Knows.AGREED,
    Judgement.NOT: Knows.DISPUTED,
}


class NotTheirs(Refusal):
    """A verdict belongs to the contact whose it is: nobody else gives it."""


class HasLeft(Refusal):
    """The contact is no longer at the customer."""


class EvidenceMissing(Refusal):
    """What is recorded on behalf needs something that shows it."""


class VerdictUnknown(Refusal):
    """There are four verdicts, and three answers to whether we helped."""


class VerdictInFuture(Refusal):
    """Nobody has judged before they did."""


@transaction.atomic
def give(
    *,
    goal: Goal,
    contact: Contact,
    verdict: str,
    by: Actor,
    at: datetime,
    recorded_at: datetime | None = None,
    helped: str = "",
    comment: str = "",
    evidence: str = "",
    submission: str | None = None,
    flagged: bool = False,
    flag_reason: str = "",
) -> Verdict:
    """Give a verdict, or write one down on behalf of the contact who gave it.

    It is never edited: a change of mind is a new verdict. One that is counted also tells what the contact
    knows: who judges a goal achieved agrees with its result, who judges it not achieved disputes it.

    Args:
        by: the contact, or a colleague on their behalf.
        evidence: what shows it; needed on behalf.
        submission: the number of the form that brought it; the same again returns the first verdict.
        flagged: it looks as if a machine gave it: kept, shown, not counted.

    Raises:
        NotAllowed: the customer is out of reach, or the role may not record on behalf.
        NotTheirs: another contact, or a job, tries to judge.
        FromElsewhere, HasLeft: the contact is not at the goal's customer, or no longer.
        GoalRetired: the goal was set aside.
        EvidenceMissing: recorded on behalf without any.
        VerdictUnknown: no such verdict.
        VerdictInFuture: dated after it is recorded.
    """
    _demand(goal, contact, by, evidence)
    demand_standing(goal)
    if verdict not in Judgement.values or helped not in ("", *Helped.values):
        raise VerdictUnknown("Choose one of the answers.", field="verdict")
    if recorded_at is not None and at > recorded_at:
        raise VerdictInFuture("A verdict cannot be dated in the future.", field="at")
    row = {
        "goal": goal,
        "contact": contact,
        "at": at,
        "recorded_at": recorded_at or at,
        "verdict": verdict,
        "helped": helped,
        "comment": comment.strip(),
        "on_behalf_by": by if isinstance(by, Person) else None,
        "evidence": evidence.strip(),
        "flagged": flagged,
        "flag_reason": flag_reason,
    }
    if submission is None:
        given, created = Verdict.objects.create(**row), True
    else:
        given, created = Verdict.objects.get_or_create(submission=submission, defaults=row)
    if created:
        _learn(given)
        told.of(
            "verdict_given",
            goal,
            by=by,
            at=at,
            recorded_at=recorded_at,
            contact=contact.pk,
            verdict=str(verdict),
            helped=str(helped),
            on_behalf=given.on_behalf_by_id is not None,
            flagged=flagged,
        )
    return given


def _demand(goal: Goal, contact: Contact, by: Actor, evidence: str) -> None:
    if contact.customer_id != goal.customer_id:
        raise FromElsewhere(f"{contact.name} is not at {goal.customer.name}.", field="contact")
    if contact.left_on is not None:
        raise HasLeft(f"{contact.name} has left {goal.customer.name}.", field="contact")
    if not isinstance(by, Person):
        if by.pk != contact.pk:
            raise NotTheirs(f"Only {contact.name} can give this verdict.")
        return
    if by.role == SYSTEM.name:
        raise NotTheirs("A verdict is given by a person, never by a job.")
    permissions.demand(by, Permission.RECORD_ON_BEHALF, goal.customer)
    if not evidence.strip():
        raise EvidenceMissing(
            "Say what shows it: a mail, a call on a day, the minutes.", field="evidence"
        )


def _learn(given: Verdict) -> None:
    state = TEACHES.get(Judgement(given.verdict))
    if state is None or given.flagged:
        return
    Awareness.objects.get_or_create(
        goal_id=given.goal_id,
        contact_id=given.contact_id,
        at=given.at,
        state=state,
        defaults={"recorded_at": given.recorded_at},
    )
