"""From a pasted text to who is active without result, in a real browser, by a real client and with a real log."""

import json
import subprocess
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.clients import kit
from tests.journeys.steps import words, work
from tests.outcomes.story import judge
from tests.world import World

pytestmark = [
    pytest.mark.clients,
    pytest.mark.browser,
    pytest.mark.sweep,
    pytest.mark.django_db(transaction=True),
]
# What Harbour's and Quay's product would say from now on; the past is sent with the day it happened on.
PRODUCT = """
import json, sys
from datetime import datetime
import segment.analytics as analytics
told = json.load(sys.stdin)
analytics.write_key, analytics.host = told["key"], told["host"]
for customer, user, day in told["days"]:
    analytics.track(user, "Invoice Sent", {"amount": 20}, context={"groupId": customer},
                    timestamp=datetime.fromisoformat(day))
analytics.shutdown()
"""


@pytest.fixture
def company(db):
    """The cast, on the day this runs: a client's clock cannot be stopped."""
    return World()


@pytest.fixture
def page(company, live_server, open_page, signed_in, settings):
    settings.BASE_URL = live_server.url
    return open_page(live_server.url, cookies=signed_in(company.abe))


def test_usage_becomes_evidence_beside_a_goal(company, page, live_server):
    key = connect(page, live_server)
    send(key, live_server)
    work()
    judge(company, "achieved", at=timezone.now(), by=company.dov, goal=company.more_bookings)

    define_a_set(page, live_server)
    name_a_feature(page, live_server, company)
    work()

    page.goto(live_server.url + reverse("workspace:usage-without-result"))
    assert "Harbour" in words(page)
    assert "Quay" not in words(page)


def connect(page, live_server):
    """Make a source, paste the text into a program, run it, and see the tick. Returns the source's key."""
    page.goto(live_server.url + reverse("workspace:settings-sources"))
    page.get_by_role("link", name="Add a source").click()
    page.get_by_label("What sends?").fill("Web app")
    page.get_by_role("radio", name="A server").check()
    page.get_by_role("button", name="Make it").click()
    page.get_by_text("Listening").wait_for()
    text = page.get_by_label("Segment, Python").text_content()
    subprocess.run([kit.PYTHON, "-"], input=text, text=True, check=True, timeout=60)
    page.get_by_text("We heard you.").wait_for()
    return text.partition("write_key = ")[2].split()[0].strip("\"'")


def send(key, live_server):
    """Have both customers send five invoices in each of the last three whole months and in the last days."""
    days = [*past_days(), *(timezone.now() - timedelta(hours=hour) for hour in range(1, 6))]
    told = {
        "key": key,
        "host": live_server.url,
        "days": [
            (customer, user, day.isoformat())
            for customer, user in (("harbour", "uma"), ("quay", "dov"))
            for day in days
        ],
    }
    program = [kit.PYTHON, "-c", PRODUCT]
    subprocess.run(program, input=json.dumps(told), text=True, check=True, timeout=60)


def past_days():
    """Five days of each of the three months before this one."""
    first = timezone.now().replace(day=1)
    for _ in range(3):
        first = (first - timedelta(days=1)).replace(day=1)
        yield from (first + timedelta(days=number) for number in range(5))


def define_a_set(page, live_server):
    """Build a set, look at it on own data, keep it, and find both customers named."""
    page.goto(live_server.url + reverse("workspace:usage-set-new"))
    page.get_by_label("Name", exact=True).fill("Bills every month")
    page.get_by_label("Event 1").fill("Invoice Sent")
    page.get_by_label("At least").first.fill("5")
    page.get_by_label("Within").select_option("month")
    page.get_by_label("Periods in a row").fill("3")
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("of 2 customers completed it").wait_for()
    assert {"Harbour", "Quay"} <= set(page.locator("#preview a").all_inner_texts())
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The set is defined.").wait_for()


def name_a_feature(page, live_server, company):
    """Name a feature, say which goal it serves, have usage counted, and see it beside the goal."""
    page.goto(live_server.url + reverse("workspace:usage-features"))
    page.get_by_label("Feature", exact=True).fill("Billing")
    page.get_by_label("Events").fill("Invoice Sent")
    page.get_by_role("button", name="Name it").click()
    page.get_by_text("Named. It is being counted.").wait_for()
    page.goto(
        live_server.url + reverse("workspace:goal-features", args=[company.faster_onboarding.pk])
    )
    page.get_by_label("Billing").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Their usage stands beside the goal.").wait_for()
    work()
    page.goto(live_server.url + reverse("workspace:customer", args=[company.harbour.pk]))
    page.get_by_text("Evidence side by side").first.click()
    page.get_by_text("Billing", exact=True).first.wait_for()
