"""Which answers wait to be read until somebody has said what they believe."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from arbiter.accounts.queries import contracts
from arbiter.accounts.rules import day
from arbiter.forecast import rules
from arbiter.forecast.models import Belief, Opening
from arbiter.forecast.queries import beliefs, open_contracts
from arbiter.voice.queries import answers
from arbiter.voice.queries.choices import AskKind

if TYPE_CHECKING:
    from arbiter.voice.models import Answer


def of_customer(customer_id: int, *, as_of: datetime) -> dict[int, frozenset[int]]:
    """Return the ids of the sealed answers by open contract; contracts without any are left out. Four queries."""
    running = open_contracts.at(as_of, customer_ids=[customer_id])
    ids = [contract.id for contract in running]
    believed = beliefs.latest(ids, as_of=as_of)
    opened = beliefs.opened(ids, as_of=as_of)
    given = answers.intents_given([customer_id], as_of=as_of).get(customer_id, [])
    found = {}
    for contract in running:
        live = {
            answer.answer_id
            for answer in given
            if answer.live and not answer.flagged and day(answer.at) >= contract.starts_on
        }
        waiting = live - opened.get(contract.id, set())
        if rules.is_sealed(
            live_answers=live,
            opened=opened.get(contract.id, ()),
            believed=contract.id in believed,
        ):
            found[contract.id] = frozenset(waiting)
    return found


def readable(found: QuerySet[Answer], *, as_of: datetime) -> QuerySet[Answer]:
    """Leave out the answers that wait until somebody has said what they believe: the rule of `of_customer`, for many."""
    return found.filter(~_waits(as_of))


def everywhere(*, as_of: datetime) -> frozenset[int]:
    """Return the ids of all answers that wait, or would if they counted: one query, for whoever keeps them."""
    return frozenset(waiting(answers.known(as_of), as_of=as_of))


def waiting(found: QuerySet[Answer], *, as_of: datetime) -> set[int]:
    """Return the ids of those among some answers that would wait if they counted, flagged ones too: one query."""
    return set(found.filter(_waits(as_of)).values_list("pk", flat=True))


def _waits(as_of: datetime) -> Q:
    """Only what came in here about a term that runs: an imported answer was read elsewhere long ago."""
    known = {"at__lte": as_of, "recorded_at__lte": as_of}
    believed = Belief.objects.filter(contract=OuterRef("pk"), **known)
    opened = Opening.objects.filter(
        contract=OuterRef("pk"), answer_id=OuterRef(OuterRef("pk")), at__lte=as_of
    )
    in_service = Q(customer__archived_at=None) | Q(customer__archived_at__gt=as_of)
    running = contracts.open_at(as_of).filter(
        in_service,
        ~Exists(believed),
        ~Exists(opened),
        customer=OuterRef("contact__customer"),
        starts_on__lte=OuterRef("at__date"),
    )
    return Q(kind=AskKind.INTENT, import_id=None, **known) & Q(Exists(running))
