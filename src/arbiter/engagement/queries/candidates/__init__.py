"""Whom each kind of rule finds at a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain

from arbiter.engagement.queries.candidates import by_change, by_date, by_work
from arbiter.engagement.queries.candidates.look import Cause, Look
from arbiter.engagement.rules.asking import Trigger, When

__all__ = ["Cause", "Look", "causes"]

Finder = Callable[[Look, When, str, datetime], Iterator[Cause]]

FINDERS: dict[Trigger, tuple[Finder, ...]] = {
    Trigger.MANUAL: (),
    Trigger.BEFORE_RENEWAL: (by_date.before_renewal,),
    Trigger.EVERY: (by_date.every,),
    Trigger.AFTER_START: (by_date.after_start,),
    Trigger.STAGE_CHANGED: (by_change.stage_changed,),
    Trigger.STAGE_SUCCESS: (by_work.stage_success,),
    Trigger.TICKET_CLOSED: (by_work.ticket_closed, by_work.usage_event),
    Trigger.PURCHASE: (by_change.purchase, by_work.usage_event),
    Trigger.TRAINING_DONE: (by_work.usage_event,),
    Trigger.USAGE_EVENT: (by_work.usage_event,),
    Trigger.MILESTONE_REACHED: (by_work.milestone_reached,),
    Trigger.SEATS_CROSSED: (by_change.seats_crossed,),
    Trigger.PLAN_CHANGED: (by_change.plan_changed,),
    Trigger.PRODUCT_ADDED: (by_change.product_added,),
    Trigger.MERGED: (by_change.merged,),
    Trigger.NEW_SPONSOR: (by_change.new_sponsor,),
    Trigger.GOAL_STALE: (by_work.goal_stale,),
}


def causes(look: Look, when: When, *, rule_key: str, since: datetime) -> Iterator[Cause]:
    """Every cause that a rule finds among some customers, of what came about after a moment."""
    later = max(since, look.since)
    return chain.from_iterable(find(look, when, rule_key, later) for find in FINDERS[when.on])
