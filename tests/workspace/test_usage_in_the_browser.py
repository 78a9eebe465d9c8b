"""The pages about usage in a real browser: in both looks, on a phone, and a preview that follows the form."""

from datetime import timedelta

import pytest
from django.urls import reverse

from arbiter.accounts.models import Customer
from arbiter.outcomes.actions import servings
from tests.browser import expect, objections
from tests.usage.logged import daily, did, done
from tests.workspace.test_usage import YESTERDAY, use_and_count
from tests.world import MARCH, TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def used(world):
    Customer.objects.filter(pk=world.harbour.pk).update(
        segment="Large", since=YESTERDAY - timedelta(days=9)
    )
    did(
        *daily(until=YESTERDAY - timedelta(days=1), days=30, user="wes", name="Report Run"),
        done("Invoice Sent", at=MARCH, user="wes"),
    )
    use_and_count(world)
    servings.choose(
        goal=world.faster_onboarding, features=[world.invoicing.pk], by=world.ada, at=TODAY
    )
    return world


@pytest.mark.sweep
def test_no_page_is_objected_to_and_none_is_wider_than_a_phone(
    used, live_server, open_page, signed_in
):
    addresses = [
        reverse("workspace:usage"),
        reverse("workspace:usage-features"),
        reverse("workspace:usage-feature", args=[used.invoicing.pk]),
        reverse("workspace:usage-sets"),
        reverse("workspace:usage-set", args=[used.bills.pk]),
        reverse("workspace:usage-set-new"),
        reverse("workspace:usage-without-result"),
        reverse("workspace:usage-without-activity"),
        reverse("workspace:usage-events"),
        reverse("workspace:goal-features", args=[used.faster_onboarding.pk]),
        reverse("workspace:goal-feed", args=[used.faster_onboarding.pk]),
        reverse("workspace:goal", args=[used.faster_onboarding.pk]),
        reverse("workspace:customer", args=[used.harbour.pk]),
    ]
    page = open_page(cookies=signed_in(used.mona))
    found = {}
    for address in addresses:
        page.goto(live_server.url + address)
        found[address] = objections(page)

    assert {address: each for address, each in found.items() if each} == {}


def test_the_preview_follows_the_form(used, live_server, open_page, signed_in):
    page = open_page(
        live_server.url + reverse("workspace:usage-set-new"), cookies=signed_in(used.mona)
    )
    page.get_by_label("Event 1").fill("Invoice Sent")
    page.get_by_label("Event 1").press("Tab")

    page.get_by_text("of 2 customers completed it").wait_for()
    expect(page.locator("#preview").get_by_role("link", name="Harbour")).to_be_visible()
