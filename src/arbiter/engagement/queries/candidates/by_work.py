"""By what was done: a ticket closed, a training, any usage event, a milestone, success of a stage due, a goal gone stale."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from arbiter.accounts.rules import day
from arbiter.engagement.queries.candidates.look import Cause, Look
from arbiter.engagement.rules.asking import LOOK_BACK, When
from arbiter.outcomes.queries import stages
from arbiter.outcomes.queries.goals import stale_because

STALE = {"age": "was agreed over a year ago", "stage": "is from an earlier stage"}


def ticket_closed(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """A ticket was closed; whoever opened it is asked, where that is known."""
    for ticket in look.tickets:
        if ticket.closed_at is not None and ticket.closed_at > since:
            because = f"Their ticket was closed on {ticket.closed_at:%-d %B}."
            cause = f"ticket:{ticket.key}"
            yield Cause(
                ticket.customer_id, cause, because, ticket.contact_id, goal_key=ticket.goal_key
            )


def usage_event(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """One of the events came in; the user who did it is asked where they are a contact."""
    for customer in look.customers:
        for done in look.happened.get(customer.key, ()):
            if done.event in when.events and done.at > since:
                because = f"“{done.event}” on {done.at:%-d %B}."
                cause = f"event:{done.event}:{done.at:%Y-%m-%d}:{done.user_id}"
                yield Cause(customer.pk, cause, because, contact_key=done.user_id)


def milestone_reached(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """A step on the path was done."""
    for step in look.milestones:
        if step.done_at is not None and step.done_at > since:
            because = f"“{_short(step.title, 100)}” was done on {step.done_at:%-d %B}."
            goal_key = step.goal.key if step.goal else ""
            cause = f"milestone:{step.key}"
            yield Cause(step.customer_id, cause, because, goal_key=goal_key)


def stage_success(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """Success in the customer's stage should have come by now, in the meaning it has there."""
    earliest = max(day(since), look.today - LOOK_BACK)
    for customer in look.customers:
        products = [term.product for term in look.running_terms(customer.pk)]
        expected = stages.expected_of(look.stages, customer.stage, customer.segment, products)
        began = look.began(customer)
        for stage in expected if began else ():
            assert began is not None
            due = began + timedelta(days=stages.success_day(stage))
            if earliest < due <= look.today and (not when.stages or stage.name in when.stages):
                because = f"“{stage.name}” should have succeeded by {due:%-d %B %Y}."
                yield Cause(customer.pk, f"stage:{stage.key}:{began}", because)


def goal_stale(look: Look, when: When, rule_key: str, since: datetime) -> Iterator[Cause]:
    """A goal is older than a year, or from an earlier stage; its owner is asked where known."""
    for customer in look.customers:
        for goal in look.goals.get(customer.pk, ()):
            revision = look.revisions.get(goal.pk)
            stale = stale_because(goal, revision, as_of=look.at, customer_stage=customer.stage)
            if stale:
                said = revision.at if revision else goal.at
                because = f"The goal “{_short(goal.statement, 80)}” {STALE[stale]}."
                cause = f"stale:{goal.key}:{said:%Y-%m-%d}:{stale}:{customer.stage}"
                yield Cause(customer.pk, cause, because, goal.stated_by_id, goal_key=goal.key)


def _short(words: str, most: int) -> str:
    """Return words cut where they are too long, and say that they go on."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
