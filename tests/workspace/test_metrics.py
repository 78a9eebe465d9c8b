"""The measures: outcomes first, every figure with its interval and base, and nothing filled in."""

import json

import pytest
from django.urls import reverse

from arbiter.accounts.models import Contract, Customer
from arbiter.forecast.models import Edition
from arbiter.metrics.actions import snapshots
from arbiter.metrics.models import Computation
from tests.browser import axe_findings, expect, objections
from tests.kept import once
from tests.metrics.company import JUNE, leaves, picture, stays
from tests.world import AUGUST, MAY

URL = "/metrics/"


@pytest.fixture
def measured(world, client):
    once(thirty_customers, world)
    client.force_login(world.mona)
    return client


def thirty_customers(world):
    """Thirty customers of two segments, measured at the end of May and of June."""
    for number in range(26):
        stays(f"Stays {number}", segment="AB"[number % 2], arr=1000 + number, owner=world.ada)
    for number in range(4):
        leaves(f"Gone {number}", segment="A", arr=500 - number, owner=world.quinn)
    for day in (JUNE.replace(month=5, day=31), JUNE):
        snapshots.store(picture(day), at=AUGUST)


def text(reply):
    return " ".join(reply.content.decode().split())


def shown(reply):
    """The tiles of a page by the name of their measure."""
    return {tile.measure.name: tile for part in reply.context["parts"] for tile in part.tiles}


def test_outcomes_come_before_what_we_count_ourselves(measured):
    parts = measured.get(URL).context["parts"]

    assert [part.name for part in parts][:2] == ["outcomes", "standard"]
    assert parts[0].tiles[0].measure.name == "goal_coverage"


def test_a_figure_stands_with_its_interval_its_base_and_its_names(measured):
    page = measured.get(URL)
    tile = shown(page)["customer_retention"]

    assert (tile.shown, tile.between, tile.base_count) == ("87%", "70–95%", "30")
    assert reverse("workspace:metrics-measure", args=["customer_retention"]) in text(page)
    assert "/metrics/customer_retention/#behind" in text(page)


def test_a_base_below_twenty_is_told_in_counts(measured):
    tile = shown(measured.get(f"{URL}?scope=segment:A"))["customer_retention"]

    assert (tile.shown, tile.base_count) == ("13 of 17", "17")


def test_a_segment_s_figures_keep_the_segment_on_their_way(measured):
    page = measured.get(f"{URL}?scope=segment:A")

    assert page.context["choice"].scope.label == "A"
    assert "/metrics/customer_retention/?scope=segment%3AA" in text(page)


def test_an_earlier_day_shows_what_was_known_then(measured):
    page = measured.get(f"{URL}?as_of=2026-06-15")

    assert page.context["choice"].day.isoformat() == "2026-05-31"
    assert "As known on 31 May 2026" in text(page)


def test_a_day_before_the_first_one_says_so(measured):
    page = measured.get(f"{URL}?as_of=2020-01-01")

    assert "Nothing was measured by then." in text(page)
    assert page.context["choice"].day.isoformat() == "2026-05-31"


@pytest.mark.parametrize("query", ["?as_of=soon", "?scope=segment:Nobody", "?as_of=2026-13-01"])
def test_an_address_that_makes_no_sense_shows_everybody_on_the_newest_day(measured, query):
    choice = measured.get(URL + query).context["choice"]

    assert (choice.day, choice.scope.key) == (JUNE, "")


def test_what_is_not_known_says_why(measured):
    page = measured.get(URL)

    assert shown(page)["csat"].shown == "Not known yet"
    assert "No answers in the last year." in text(page)


def test_money_without_a_rate_is_named_with_the_way_to_set_one(world, client):
    stays("Home")
    stays("Abroad", arr=700, currency="USD")
    snapshots.store(picture(), at=AUGUST)
    client.force_login(world.olga)

    page = text(client.get(URL))

    assert "$700 of 1 contract: nobody has set what USD is worth." in page
    assert reverse("workspace:settings-rates") in page


def test_before_the_first_computation_the_page_says_how_far_it_is(world, client):
    client.force_login(world.mona)
    assert "Waiting to begin" in text(client.get(URL))

    Computation.objects.create(wanted_at=MAY, started_at=MAY, done=7, total=28, step="Read 7 of 28")

    page = text(client.get(URL))
    assert "Measuring for the first time" in page
    assert "Read 7 of 28" in text(client.get("/metrics/progress/"))
    assert 'hx-trigger="every 2s"' in client.get("/metrics/progress/").content.decode()


def test_once_it_is_done_the_page_is_read_anew(measured):
    Computation.objects.create(wanted_at=MAY, started_at=MAY, finished_at=MAY)

    reply = measured.get("/metrics/progress/")

    assert (reply.status_code, reply["HX-Refresh"]) == (204, "true")


def test_a_failed_computation_is_told_and_may_be_tried_again(world, client):
    Computation.objects.create(wanted_at=MAY, started_at=MAY, finished_at=MAY, problem="Broken")
    client.force_login(world.olga)

    page = text(client.get(URL))

    assert "The measuring did not work" in page
    assert "Try again" in page


def test_without_customers_there_is_nobody_to_measure(world, client):
    Contract.objects.all().delete()
    Customer.objects.all().delete()
    client.force_login(world.mona)

    page = text(client.get(URL))

    assert "There is nobody to measure yet" in page
    assert "Bring in a file" in page


def test_whoever_manages_the_settings_may_have_it_computed_now(measured, world):
    measured.force_login(world.olga)

    reply = measured.post("/metrics/computations/", follow=True)

    assert "Being computed anew." in text(reply)
    assert Computation.objects.filter(started_at=None).count() == 1


def test_everybody_sees_the_company_s_numbers(measured, world):
    measured.force_login(world.otto)

    page = measured.get(URL)

    assert shown(page)["customer_retention"].base_count == "30"
    assert "Compute now" not in text(page)
    assert "metrics.csv" not in text(page)


def test_a_look_records_nothing(measured, everything_but_sessions):
    before = everything_but_sessions()
    for url in (URL, "/metrics/board/", "/metrics/customer_retention/", "/metrics/progress/"):
        measured.get(url)

    assert everything_but_sessions() == before


def test_the_table_holds_every_measure_with_its_formula(measured):
    rows = measured.get("/metrics.csv").content.decode().splitlines()

    assert rows[0].startswith("name,title,as_of,scope,value,low,high,n")
    assert any(row.startswith("customer_retention,Customer retention,2026-06-30T") for row in rows)


def test_the_json_is_what_the_command_tells_with_whose_it_is(measured):
    told = json.loads(measured.get("/metrics.json?scope=segment:A").content)
    found = next(each for each in told if each["name"] == "customer_retention")

    assert (found["scope"], found["count"], found["n"]) == ("segment:A", 13, 17)
    assert found["details"]["months"] == 12


@pytest.mark.parametrize(
    ("url", "queries"), [(URL, 8), (f"{URL}?scope=segment:A", 8), (f"{URL}board/", 7)]
)
def test_the_number_of_queries_does_not_grow_with_customers(
    measured, url, queries, django_assert_num_queries
):
    Edition.objects.create(pk=1, token="overview")
    measured.get(url)
    with django_assert_num_queries(queries):
        measured.get(url)
    for number in range(30):
        stays(f"More {number}", segment="ABC"[number % 3])
    snapshots.store(picture(), at=AUGUST)

    with django_assert_num_queries(queries):
        measured.get(url)


@pytest.mark.sweep
@pytest.mark.browser
@pytest.mark.parametrize("url", [URL, "/metrics/board/"])
def test_everybody_can_read_it(measured, world, live_server, open_page, signed_in, url):
    page = open_page(live_server.url + url, cookies=signed_in(world.olga))

    assert objections(page) == []


@pytest.mark.browser
def test_the_first_wait_can_be_read_by_everybody(world, live_server, open_page, signed_in):
    Computation.objects.create(wanted_at=MAY, started_at=MAY, done=7, total=28, step="Reading")

    page = open_page(live_server.url + URL, theme="dark", width=390, cookies=signed_in(world.mona))

    assert axe_findings(page) == []


@pytest.mark.browser
def test_the_day_is_chosen_without_javascript(measured, world, live_server, open_page, signed_in):
    page = open_page(live_server.url + URL, javascript=False, cookies=signed_in(world.mona))

    page.get_by_label("As known on").fill("2026-06-10")
    page.get_by_role("button", name="Show").click()

    expect(page.locator("main")).to_contain_text("As known on 31 May 2026")
