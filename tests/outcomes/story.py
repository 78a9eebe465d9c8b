"""What happens at Harbour in these tests, in one line each."""

from datetime import date
from decimal import Decimal

from arbiter.accounts.actions import contacts
from arbiter.outcomes.actions import awareness, results, revisions, verdicts
from arbiter.outcomes.queries import attainment


def measure(world, value, *, at, goal=None, **more):
    """Ada reports a value of a goal (faster onboarding unless another is named)."""
    return results.report(
        goal=goal or world.faster_onboarding, value=Decimal(value), by=world.ada, at=at, **more
    )


def judge(world, verdict, *, at, by=None, goal=None, **more):
    """A contact (Cleo unless another is named) gives a verdict."""
    contact = by or world.cleo
    return verdicts.give(
        goal=goal or world.faster_onboarding,
        contact=contact,
        verdict=verdict,
        by=contact,
        at=at,
        **more,
    )


def tell(world, *contacts_told, at, goal=None):
    """Ada tells contacts of a result."""
    return awareness.tell(
        goal=goal or world.faster_onboarding, contacts=contacts_told, by=world.ada, at=at
    )


def see(world, contact, *, at):
    """A contact sees the result of faster onboarding."""
    return awareness.see(goal=world.faster_onboarding, by=contact, at=at)


def revise(world, target, *, at, **more):
    """Ada writes down a new target for faster onboarding."""
    said = {"measure": "Days until a new crew works alone", "unit": "days", "direction": "down"}
    return revisions.revise(
        goal=world.faster_onboarding,
        target=Decimal(target),
        baseline=Decimal(42),
        due_on=date(2026, 7, 31),
        reason="Agreed on the phone",
        by=world.ada,
        at=at,
        **(said | more),
    )


def leave(world, contact, on):
    """A contact leaves Harbour."""
    return contacts.leave(contact=contact, left_on=on.date(), by=world.ada, at=on)


def standing(world, *, as_of, goal=None):
    """Where a goal stands."""
    return attainment.of_goal(goal or world.faster_onboarding, as_of=as_of)
