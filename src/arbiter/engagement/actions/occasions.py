"""From a rule to a mail: whoever is found is kept with a number, and asked once the budget allows it.

A crash at any point loses nobody and asks nobody twice: an occasion is written once by its number, and it turns from
waiting to asked in the transaction that writes the ask, the link and the mail.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from arbiter.accounts.permissions import demand, may_ask
from arbiter.engagement.actions import sending
from arbiter.engagement.models import AskingRule, Occasion, OccasionState
from arbiter.engagement.queries import asking_rules, found, occasions
from arbiter.engagement.queries.asking_rules import Reading
from arbiter.engagement.queries.found import Found
from arbiter.engagement.rules import asking
from arbiter.foundation import journal
from arbiter.foundation.models import Person
from arbiter.foundation.queries import company
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import budget
from arbiter.voice.rules.budget import OUTCOME, YES, Reason, Request, Verdict

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact
    from arbiter.engagement.actions.sending import Way

CHUNK = 200
DECIDED_MEANWHILE = Verdict(False, Reason.LAPSED, "was decided meanwhile.")


@dataclass
class Round:
    """What one round of asking brought."""

    asked: int = 0
    waiting: int = 0
    not_asked: int = 0


def find_occasions(at: datetime) -> int:
    """Write down whom the rules that are on find at a moment, and return how many are new. It may run twice without harm."""
    new = 0
    readings = asking_rules.switched_on()
    for _, batch in found.looks(readings, at=at) if readings else ():
        known = occasions.known([one.number for one in batch])
        rows = [_occasion(one, at) for one in batch if one.number not in known]
        Occasion.objects.bulk_create(rows, ignore_conflicts=True)
        new += len(rows)
    return new


@transaction.atomic
def ask_now(*, rule: AskingRule, people: Collection[Contact], by: Person, at: datetime) -> int:
    """Let a rule ask some people by hand: they wait their turn like anybody it finds. Returns how many are new.

    Raises:
        MayNotRule: the role may not.
        NotAllowed: somebody is out of reach.
    """
    reading = asking_rules.read(rule, since=at)
    rows = []
    for contact in people:
        demand(by, Permission.ASK_CUSTOMERS, contact.customer)
        number = asking.number_of(rule.key, contact.key, f"by hand:{at.isoformat()}")
        rows.append(
            Occasion(
                rule=rule,
                contact=contact,
                number=number,
                because=f"Asked by hand by {by.name}.",
                found_at=at,
                look_at=at,
                lapses_at=asking.lapses_at(reading.purpose, at),
            )
        )
    Occasion.objects.bulk_create(rows, ignore_conflicts=True)
    journal.record("engagement.asked_by_hand", subject=rule, by=by, at=at, people=len(rows))
    return len(rows)


def ask_due(at: datetime) -> Round:
    """Ask whoever is due and allowed, outcome questions first; let the others wait with the reason of today."""
    done = Round()
    # Hundreds in a row: nobody looks on, and all of their mails are from the same company.
    with journal.unwatched(), company.read_once():
        readings, due = asking_rules.switched_on(), occasions.rules_due(at)
        for reading in (each for each in readings if each.rule.pk in due):
            last = 0
            while rows := occasions.due(reading.rule, at=at, after=last, most=CHUNK):
                if full := budget.full_until(at):
                    done.waiting += _put_off_all(full, at)
                    return done
                last = rows[-1].pk
                _ask_all(reading, readings, rows, at, done)
    return done


def _ask_all(
    reading: Reading,
    readings: Sequence[Reading],
    rows: Sequence[Occasion],
    at: datetime,
    done: Round,
) -> None:
    to = {each.contact_id: each for each in budget.told(row.contact for row in rows)}
    spent = budget.of(list(to.values()), at=at)
    first = readings if reading.purpose != OUTCOME else ()
    pending = occasions.outcomes_pending(list(to), first, at=at)
    way, put_off = sending.way_of(reading), defaultdict[Verdict, list[int]](list)
    for row in rows:
        request = Request(
            to[row.contact_id],
            reading.purpose,
            reading.kind,
            outcome_pending=row.contact_id in pending,
        )
        verdict = _lapsed(row, at) or spent.decide(request, at=at)
        if verdict.may:
            verdict = _ask(reading, way, row, request, at)
        if verdict.may:
            spent.note(request, at=at)
            done.asked += 1
        else:
            put_off[verdict].append(row.pk)
    for verdict, ids in put_off.items():
        if _put_off(ids, verdict, at):
            done.waiting += len(ids)
        else:
            done.not_asked += len(ids)


def _ask(reading: Reading, way: Way, row: Occasion, request: Request, at: datetime) -> Verdict:
    """Ask one person: the occasion, the ask and the mail stand or fall together.

    Whoever sends looks once more at the budget, and holds it.
    """
    with transaction.atomic():
        if not _claim(row, at):
            return DECIDED_MEANWHILE
        try:
            because = sending.send(reading, way, row, by=sender(reading.rule, row.contact), at=at)
        except Refusal as refusal:
            because = f"is not asked: {refusal}"
        if not because:
            return YES
        verdict = budget.of([request.to], at=at).decide(request, at=at)
        transaction.set_rollback(True)
    return verdict if not verdict.may else Verdict(False, Reason.NO_GOAL, because[:300])


def _claim(row: Occasion, at: datetime) -> bool:
    waiting = Occasion.objects.filter(pk=row.pk, state=OccasionState.WAITING)
    return bool(waiting.update(state=OccasionState.ASKED, decided_at=at, reason_code="", reason=""))


def sender(rule: AskingRule, contact: Contact) -> Person:
    """In whose name a rule asks: whoever looks after the customer, else whoever made the rule, else the system."""
    for person in (contact.customer.owner, rule.made_by):
        if person is not None and person.is_active and may_ask(person, contact.customer):
            return person
    return Person.objects.system()


def _lapsed(row: Occasion, at: datetime) -> Verdict | None:
    if row.lapses_at > at:
        return None
    before = f" Before: {row.reason}" if row.reason else ""
    return Verdict(False, Reason.LAPSED, f"was not asked in time.{before}"[:300])


def _put_off(ids: Collection[int], verdict: Verdict, at: datetime) -> bool:
    """Keep why some were not asked, all for the same reason; say whether they wait."""
    waits = verdict.look_again_at is not None
    changes: dict[str, object] = {"reason_code": verdict.code, "reason": verdict.sentence[:300]}
    if waits:
        changes["look_at"] = verdict.look_again_at
    else:
        changes |= {"state": OccasionState.NOT_ASKED, "decided_at": at}
    Occasion.objects.filter(pk__in=ids, state=OccasionState.WAITING).update(**changes)
    return waits


def _put_off_all(verdict: Verdict, at: datetime) -> int:
    """Let everybody who is due wait for another day at once, when today is full; whoever lapsed is looked at then."""
    due = Occasion.objects.filter(state=OccasionState.WAITING, look_at__lte=at)
    return due.filter(rule__on_since__isnull=False).update(
        reason_code=verdict.code, reason=verdict.sentence, look_at=verdict.look_again_at
    )


def _occasion(one: Found, at: datetime) -> Occasion:
    state = OccasionState.WAITING
    if one.out:
        held_out = one.out == Reason.HELD_OUT
        state = OccasionState.HELD_OUT if held_out else OccasionState.NOT_ASKED
    return Occasion(
        rule=one.reading.rule,
        contact_id=one.to.contact_id,
        number=one.number,
        because=one.cause.because[:200],
        goal_key=one.cause.goal_key,
        contract_key=one.cause.contract_key,
        found_at=at,
        look_at=at,
        lapses_at=asking.lapses_at(one.reading.purpose, at),
        state=state,
        reason_code=one.out,
        reason=one.sentence[:300],
        decided_at=at if one.out else None,
    )
