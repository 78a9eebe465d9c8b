"""A loss and what was said before it, for tests of what we make of it."""

from datetime import date
from decimal import Decimal

from arbiter.accounts.actions import contracts
from arbiter.forecast.actions import beliefs, frozen_files, post_mortems
from arbiter.forecast.actions.post_mortems import Step
from arbiter.forecast.models import FrozenFile
from arbiter.forecast.queries.surprises import ledger, losses
from arbiter.outcomes.actions import verdicts
from tests.world import MAY, TODAY

NOTICE = date(2026, 5, 20)


def lose(world, *, on=NOTICE, at=TODAY, **more):
    """Harbour gives notice."""
    told = {
        "churn_cause": "ours",
        "churn_reason": "Crews were not faster",
        "avoidable": True,
    } | more
    return contracts.decide(
        contract=world.harbour_contract,
        decision="churned",
        decided_on=on,
        by=world.ada,
        at=at,
        **told,
    )


def believe(world, chance, at, *, by=None, reason="They renew every year"):
    return beliefs.log(
        contract=world.harbour_contract,
        probability=Decimal(str(chance)),
        reason=reason,
        by=by or world.ada,
        at=at,
    )


def deny(world):
    """Who decides at Harbour says that they did not get there."""
    return verdicts.give(
        goal=world.faster_onboarding,
        contact=world.dora,
        verdict="not",
        comment="Still six weeks",
        by=world.dora,
        at=MAY,
    )


def line(*, as_of=TODAY):
    """The one loss in the ledger."""
    (only,) = ledger.of(losses.everything(as_of), as_of=as_of)
    return only


def file_of(contract):
    frozen_files.freeze_missing(as_of=TODAY)
    return FrozenFile.objects.get(contract=contract)


def look_back(world, **more):
    told = {
        "contract": world.harbour_contract,
        "cause": "ours",
        "steps": [Step("Crews were not faster", "Result of April: 40 days")],
        "avoidable": True,
        "by": world.ada,
        "at": TODAY,
    }
    return post_mortems.record(**told | more)
