"""A trial customer moves on, is asked again, is not sure, is won; and each evening's digest tells it."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from arbiter.accounts.actions import contacts, contracts, customers
from arbiter.connectors.digests import delivery
from arbiter.engagement.actions import asking_rules, digests, occasions
from arbiter.engagement.rules.asking import Trigger, When, Whom
from arbiter.forecast.actions import beliefs
from arbiter.foundation.models import OutboxMail
from arbiter.outcomes.actions import goals
from tests.browser import expect
from tests.journeys.steps import words
from tests.world import MAY, TODAY

pytestmark = [pytest.mark.browser, pytest.mark.sweep, pytest.mark.django_db(transaction=True)]
# The rule looks on a Tuesday morning; the digest comes at five.
MORNING = TODAY + timedelta(days=1)
NEXT_MORNING = MORNING + timedelta(days=1)


def evening_of(morning):
    return morning.replace(hour=17, minute=1)


@pytest.fixture
def trial(world):
    """Pebble is on trial: it wants something, Tess decides, and Ada believes in it."""
    pebble = customers.add(name="Pebble", by=world.ada, at=MAY, owner=world.ada, stage="trial")
    world.tess = contacts.add(
        customer=pebble, name="Tess Tran", email="tess@pebble.test", role="decision_maker", by=world.ada, at=MAY
    )  # fmt: skip
    term = contracts.add(
        customer=pebble, starts_on=date(2026, 5, 1), ends_on=date(2026, 8, 31), arr=Decimal(24_000), currency="EUR",
        by=world.ada, at=MAY,
    )  # fmt: skip
    goals.state(
        customer=pebble, statement="Close the books in three days", whose_words="customer", category="time",
        stated_by=world.tess, by=world.ada, at=MAY,
    )  # fmt: skip
    beliefs.log(
        contract=term, probability=Decimal("0.8"), reason="They use it", by=world.ada, at=MAY
    )
    return pebble


@pytest.fixture
def rule(world):
    made = asking_rules.make(
        name="A new stage", when=When(Trigger.STAGE_CHANGED, stages=("adoption",)), whom=Whom(), by=world.abe, at=MAY
    )  # fmt: skip
    return asking_rules.switch_on(rule=made, by=world.abe, at=MAY)


def digest_of(at):
    """What Ada is mailed that evening."""
    delivery.send_due(at)
    mails = OutboxMail.objects.filter(to="ada@lighthouse.test", about__startswith="connectors.")
    return mails.latest("pk").text


def test_trial_stage_re_ask_not_sure_worked_yes_and_the_digest_tells_it(
    world, trial, rule, clock, live_server, open_page, signed_in, settings
):
    settings.BASE_URL = live_server.url
    digests.order_mail(by=world.ada, hour=17, at=TODAY)
    page = open_page(live_server.url, cookies=signed_in(world.ada))

    move_on(page, live_server, trial)
    clock.set(MORNING)
    link = asked_again(MORNING)

    answer(open_page, link, "not_sure", "The reports are slow", "Reports within a minute")
    told = digest_of(evening_of(MORNING))
    assert "Not sure any more" in told
    assert "Pebble: Tess Tran says not sure; before it was nothing." in told

    clock.set(NEXT_MORNING)
    work_on_it(page, live_server, world)
    answer(open_page, link, "yes", "The reports are fast now")
    told = digest_of(evening_of(NEXT_MORNING))
    assert "Back to yes" in told
    assert "Pebble: Tess Tran says yes; before it was not sure." in told

    page.goto(f"{live_server.url}/not-sure/")
    expect(page.get_by_text("Nobody here is not sure")).to_be_visible()
    page.goto(f"{live_server.url}/feedback/")
    assert "“The reports are fast now”" in words(page)
    assert "Reports within a minute" in words(page)


def move_on(page, live_server, customer):
    """Ada sees that Pebble works with it, and says so."""
    page.goto(live_server.url + reverse("workspace:customer-edit", args=[customer.pk]))
    page.get_by_label("Stage").fill("adoption")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(rf"/customers/{customer.pk}/$"))


def asked_again(at):
    """The rule finds Tess by the change and asks her; returns the link in her letter."""
    occasions.find_occasions(at=at)
    occasions.ask_due(at=at)
    letter = OutboxMail.objects.get(to="tess@pebble.test")
    return re.search(r"http\S+/p/[\w-]+/", letter.text)[0]


def answer(open_page, link, choice, comment, would_make_it_yes=""):
    """Tess answers on her phone, without JavaScript."""
    phone = open_page(link, width=390, javascript=False)
    phone.locator(f"[name=answer][value={choice}]").check(force=True)
    phone.locator("[name=comment]").first.fill(comment)
    if would_make_it_yes:
        phone.locator("[name=would_make_it_yes]").fill(would_make_it_yes)
    phone.get_by_role("button", name="Send", exact=True).click()
    phone.wait_for_url(re.compile("thanks"))


def work_on_it(page, live_server, world):
    """Ada takes it on: why, what would make it a yes, by when."""
    page.goto(f"{live_server.url}/not-sure/")
    page.get_by_role("link", name=re.compile("Work on it")).click()
    page.get_by_label("Why they are not sure").fill("Reports")
    page.get_by_label("What would make it a yes").fill("Faster reports")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Ada Arnold works on it.")).to_be_visible()
