"""The forms as they are seen: nothing that accessibility rules object to, in both themes, wide and on a phone."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from arbiter.engagement.actions import touchpoints
from arbiter.forecast.actions import beliefs
from arbiter.outcomes.actions import awareness, investments, milestones, results, verdicts
from tests.browser import expect, objections
from tests.workspace.test_form_doors import FORMS
from tests.world import APRIL, FEBRUARY, MARCH, MAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {**FORMS, "goal": "faster_onboarding"}


@pytest.fixture
def harbour(world):
    """Harbour with something on every page."""
    goal = world.faster_onboarding
    for value, at in ((40, FEBRUARY), (28, MARCH), (20, APRIL), (14, MAY)):
        results.report(goal=goal, value=Decimal(value), evidence="Plan", by=world.ada, at=at)
    results.report(goal=goal, value=Decimal(6), measure="Incidents a month", by=world.ada, at=APRIL)
    verdicts.give(
        goal=goal,
        contact=world.cleo,
        verdict="partly",
        helped="yes",
        comment="Two crews of three work alone now.",
        by=world.cleo,
        at=APRIL,
    )
    awareness.tell(goal=goal, contacts=[world.dora], by=world.ada, at=MAY)
    step = milestones.add(
        customer=world.harbour, goal=goal, title="Plan imported", side="ours", by=world.ada, at=MAY
    )
    milestones.finish(milestone=step, by=world.ada, at=MAY)
    milestones.add(
        customer=world.harbour, goal=goal, title="Crew trained", side="theirs", by=world.ada, at=MAY
    )
    investments.state(
        customer=world.harbour,
        amount=Decimal(12_000),
        currency="EUR",
        assumptions="30 days at 400",
        stated_by=world.dora,
        by=world.ada,
        at=MAY,
    )
    results.report(goal=world.lower_support_cost, value=Decimal(3_000), by=world.ada, at=MAY)
    touchpoints.log(
        customer=world.harbour,
        kind="call",
        value_conversation=True,
        summary="Crews are faster; the ledger is still open.",
        by=world.ada,
        at=MAY,
    )
    beliefs.log(
        contract=world.harbour_contract,
        probability=Decimal("0.85"),
        reason="Cleo is glad",
        by=world.ada,
        at=MAY + timedelta(days=1),
    )
    return world


@pytest.mark.sweep
def test_every_form_is_accessible_and_fits(live_server, open_page, signed_in, harbour):
    page = open_page(cookies=signed_in(harbour.ada))
    found = {}
    for name in PAGES:
        args = [getattr(harbour, PAGES[name]).pk] if PAGES[name] else []
        page.goto(live_server.url + reverse(f"workspace:{name}", args=args))
        found[name] = objections(page)

    assert not any(found.values()), found


def test_a_goal_is_taken_down_without_javascript(live_server, open_page, signed_in, harbour):
    address = live_server.url + reverse("workspace:goal-new", args=[harbour.harbour.pk])
    page = open_page(address, javascript=False, cookies=signed_in(harbour.ada))

    page.get_by_label("The result they want, in their words").fill("Go live in May")
    page.get_by_role("button", name="Take it down").click()
    expect(page.get_by_text("is a milestone on the way")).to_be_visible()

    page.get_by_role("button", name="Keep this wording").click()
    expect(page.get_by_role("heading", name="Go live in May")).to_be_visible()
    expect(page.get_by_text("Nobody can tell yet.")).to_be_visible()
