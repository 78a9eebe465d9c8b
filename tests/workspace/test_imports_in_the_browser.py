"""The import pages as a person meets them: on a wide screen, on a phone, without JavaScript."""

import pytest
from django.utils import timezone

from arbiter.accounts.models import Customer
from arbiter.foundation.jobs import worker
from tests.browser import expect, objections
from tests.connectors.files import FILES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.sweep,
]
TRACKER = "Customer,ARR,Renewal date,Notes\nTidewater,9500,03/04/2027,Fewer calls\nOld Mill,12k,05/06/2027,\n"


@pytest.fixture
def tracker(tmp_path):
    path = tmp_path / "renewals.csv"
    path.write_text(TRACKER)
    return path


def drop(page, path):
    page.set_input_files("#id_file", path)
    page.get_by_role("button", name="Read the file").click()
    page.wait_for_url("**/mapping/")


def work():
    while worker.run_due(timezone.now()):
        pass


def test_a_change_is_read_at_once_and_the_import_runs_to_its_report(
    world, live_server, open_page, signed_in, tracker
):
    page = open_page(f"{live_server.url}/imports/", cookies=signed_in(world.mona))
    drop(page, tracker)

    page.get_by_label("Notes means").select_option("customers.why_bought")
    page.get_by_role("radio", name="03/04/2027 is 4 March 2027").check()
    page.locator("td", has_text="4 March 2027").wait_for()
    page.get_by_label("In which currency is “ARR”?").select_option("EUR")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Check this import").click()
    page.get_by_text("Under way").wait_for()
    work()
    page.get_by_text("1 row cannot be taken.").wait_for()
    page.get_by_role("button", name="Store the good rows").click()
    page.get_by_text("Under way").wait_for()
    work()
    page.get_by_text("1 rejected").wait_for()

    assert Customer.objects.get(name="Tidewater").why_bought == "Fewer calls"


def test_it_works_without_javascript(world, live_server, open_page, signed_in):
    page = open_page(f"{live_server.url}/imports/", cookies=signed_in(world.mona), javascript=False)
    drop(page, FILES / "hubspot_companies.csv")

    page.get_by_role("button", name="Check this import").click()
    page.get_by_text("Under way").wait_for()
    work()
    page.reload()
    page.get_by_role("button", name="Store it").click()
    page.get_by_text("Under way").wait_for()
    work()
    page.reload()

    expect(page.get_by_text("Stored.", exact=True)).to_be_visible()
    assert Customer.objects.filter(key="hubspot:9001").exists()


def test_every_page_is_accessible_and_fits(world, live_server, open_page, signed_in, tracker):
    page = open_page(f"{live_server.url}/imports/", cookies=signed_in(world.mona))
    seen = {"list": objections(page)}
    drop(page, tracker)
    seen["mapping"] = objections(page)
    page.get_by_role("radio", name="03/04/2027 is 4 March 2027").check()
    page.get_by_label("In which currency is “ARR”?").select_option("EUR")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Check this import").click()
    page.get_by_text("Under way").wait_for()
    seen["under way"] = objections(page)
    work()
    page.get_by_text("1 row cannot be taken.").wait_for()
    seen["checked"] = objections(page)
    page.get_by_role("button", name="Store the good rows").click()
    page.get_by_text("Under way").wait_for()
    work()
    page.get_by_text("1 rejected").wait_for()
    seen["stored"] = objections(page)

    assert not any(seen.values()), seen
