"""Every page behind a personal link, for everybody's eyes, ears and hands: no finding in either theme."""

from decimal import Decimal

import pytest

from arbiter.outcomes.actions import results, verdicts
from arbiter.voice.actions import links
from tests.browser import objections
from tests.world import APRIL, JUNE, MAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def where(world, live_server):
    goal = world.lower_support_cost
    results.report(goal=goal, value=Decimal(7_000), by=world.ada, at=MAY)
    verdicts.give(goal=goal, contact=world.dora, verdict="partly", by=world.dora, at=APRIL)
    _, token = links.make(contact=world.cleo, by=world.ada, at=JUNE)
    return f"{live_server.url}/p/{token}/"


@pytest.mark.sweep
def test_no_page_has_a_finding(world, where, open_page):
    goal = f"goals/{world.faster_onboarding.pk}/"
    page = open_page()
    for name in ("?answer=not_sure", "", "thanks/", goal, "wrong-person/", "unsubscription/"):
        page.goto(where + name)
        assert objections(page) == [], name


@pytest.mark.sweep
def test_what_was_chosen_and_what_went_wrong_has_no_finding(world, where, open_page, settings):
    page = open_page(where)
    for choice in ("partly", "not", "achieved", "too_early"):
        page.locator(f"[value={choice}]").first.check(force=True)
        assert objections(page) == []
    settings.EMAIL_URL = "smtp://mail.lighthouse.test"
    world.company.confirm_by_code = True
    world.company.save()
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("code from your mail").first.wait_for()
    assert objections(page) == []
    page.goto(f"{where}goals/0/")
    assert objections(page) == []
    page.goto(where[:-5])
    assert objections(page) == []
