"""One measure: its way, its parts, and the customers behind it as far as the reader may see them."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from arbiter.forecast.models import Edition
from arbiter.foundation.models import Company
from arbiter.metrics.actions import snapshots
from arbiter.metrics.queries import measures
from arbiter.metrics.queries import snapshots as stored
from arbiter.voice.actions import answers
from arbiter.workspace.metrics import pictures, steps
from arbiter.workspace.metrics.tiles import Tile
from tests.browser import objections
from tests.kept import once
from tests.metrics.company import JUNE, leaves, picture, stays
from tests.world import AUGUST, MAY

SPRING = date(2025, 4, 1)
RETENTION = "/metrics/customer_retention/"


@pytest.fixture
def measured(world, client):
    once(thirty_six_customers, world)
    client.force_login(world.mona)
    return client


def thirty_six_customers(world):
    """Thirty-six customers of two segments; some grew, and six went, two of them Ada's."""
    for number in range(30):
        grown = 1500 if number < 5 else None
        stays(
            f"Stays {number:02}",
            segment="AB"[number % 2],
            new_arr=grown,
            owner=world.ada,
            since=SPRING,
        )
    for number in range(6):
        owner = world.ada if number < 2 else world.quinn
        leaves(
            f"Gone {number}",
            segment="AB"[number % 2],
            arr=900 - number,
            owner=owner,
            churn_cause="ours",
            avoidable=number < 4,
        )
    for day in (JUNE.replace(year=2025), JUNE.replace(month=5, day=31), JUNE):
        snapshots.store(picture(day), at=AUGUST)


def text(reply):
    return " ".join(reply.content.decode().split())


def names(reply):
    return [line.named.customer.name for line in reply.context["behind"].lines]


def test_a_measure_tells_its_value_its_formula_and_its_method(measured):
    page = text(measured.get(RETENTION))

    assert "83%" in page
    assert "could be 68–92%" in page
    assert "(S − L) ÷ S" in page
    assert "docs/method/customer-retention.md" in page


def test_a_base_of_one_is_told_in_the_singular(world, client):
    stays("Alone", since=SPRING)
    snapshots.store(picture(), at=AUGUST)
    client.force_login(world.mona)

    assert client.get("/metrics/renewal_rate/").context["tile"].base_noun == "contract"
    assert "1 contract<" in text(client.get("/metrics/"))
    assert "1 contracts" not in text(client.get("/metrics/"))


def test_every_measure_of_the_catalogue_can_be_opened(measured):
    codes = {
        each.name: measured.get(reverse("workspace:metrics-measure", args=[each.name])).status_code
        for each in measures.all_measures()
    }

    assert set(codes.values()) == {200}


def test_a_measure_nobody_knows_is_not_found(measured):
    assert measured.get("/metrics/happiness/").status_code == 404
    assert measured.get("/metrics/happiness.csv").status_code == 404


def test_a_measure_that_says_nothing_here_says_why(measured):
    page = text(measured.get("/metrics/still_active/"))

    assert "There is no figure here" in page


def test_segments_stand_beside_everybody(measured):
    rows = measured.get(RETENTION).context["segments"]

    assert [row["label"] for row in rows] == ["All customers", "A", "B", "No segment"]
    assert [row["n"] for row in rows] == [36, 18, 18, 0]


def test_the_customers_behind_it_are_named_each_with_what_to_do(measured):
    page = measured.get(RETENTION)
    gone = page.context["behind"].lines[0].named.customer

    assert names(page)[:2] == ["Gone 0", "Gone 1"]
    assert "€900" in text(page)
    assert reverse("workspace:customer-renewal", args=[gone.pk]) in text(page)


def test_money_beside_a_name_is_told_in_the_currency_it_was_measured_in(measured, world):
    Company.objects.update(currency="USD")

    assert "€900" in text(measured.get("/metrics/net_revenue_retention/?part=lost"))


def test_a_colleague_sees_the_company_s_number_and_the_names_within_reach(measured, world):
    measured.force_login(world.ada)

    page = measured.get(RETENTION)

    assert page.context["tile"].base_count == "36"
    assert names(page) == ["Gone 0", "Gone 1"]
    assert "2 of 6 customers in the whole company are listed here." in text(page)


def test_names_of_a_segment_are_its_own(measured):
    page = measured.get(f"{RETENTION}?scope=segment:A")

    assert names(page) == ["Gone 0", "Gone 2", "Gone 4"]


def test_pages_of_names_follow_one_another(measured):
    first = measured.get(f"{RETENTION}?part=kept")
    second = measured.get(f"{RETENTION}{first.context['behind'].next_url.removesuffix('#behind')}")

    assert (len(names(first)), len(names(second))) == (25, 5)
    assert not set(names(first)) & set(names(second))
    assert second.context["behind"].next_url == ""


def test_a_page_of_names_leads_back_to_the_one_before(measured):
    first = measured.get(f"{RETENTION}?part=kept")
    second = measured.get(f"{RETENTION}?part=kept&after=24")
    previous = second.context["behind"].previous_url

    back = measured.get(RETENTION + previous.removesuffix("#behind"))

    assert previous == "?part=kept&before=25#behind"
    assert f'rel="prev" href="{previous.replace("&", "&amp;")}"' in text(second)
    assert names(back) == names(first)
    assert back.context["behind"].previous_url == first.context["behind"].previous_url == ""
    assert back.context["behind"].next_url == first.context["behind"].next_url


def test_the_way_back_keeps_the_day_and_the_segment(measured):
    page = measured.get(f"{RETENTION}?part=kept&as_of=2026-05-31&scope=segment:A&after=8")

    assert page.context["behind"].previous_url == (
        "?as_of=2026-05-31&scope=segment%3AA&part=kept&before=9#behind"
    )


def test_a_short_list_of_names_has_no_other_pages(measured):
    assert "Pages of names" not in text(measured.get(RETENTION))


@pytest.mark.parametrize(
    "query",
    [
        "?part=nobody",
        "?after=-3",
        "?after=x",
        "?after=99999",
        "?before=0",
        "?before=x",
        "?before=9&after=9",
    ],
)
def test_an_address_that_makes_no_sense_is_answered(measured, query):
    assert measured.get(RETENTION + query).status_code == 200


def test_the_way_of_the_money_is_drawn_and_opens_to_names(measured):
    page = measured.get("/metrics/net_revenue_retention/")
    movement = page.context["pictures"].movement

    assert [step["label"] for step in movement["steps"]] == [
        "Lost",
        "Pay less",
        "Kept",
        "Pay more",
    ]
    assert movement["steps"][-1]["amount"] == 2500
    assert "?part=expanded#behind" in text(page)
    assert measured.get("/metrics/gross_revenue_retention/").context["pictures"].movement[
        "end_label"
    ] == ("Kept")


def test_losses_are_told_apart_and_what_nobody_said_stays_so(measured):
    splits = measured.get("/metrics/losses_avoidable/").context["pictures"].splits
    avoidable = {row["label"]: row["count"] for row in splits[-1]["rows"]}

    assert [split["title"] for split in splits][-1] == "Could it have been avoided?"
    assert avoidable == {"Avoidable": 4, "Not avoidable": 2, "Nobody said": 0}


def test_a_score_shows_who_answered_what(world, client):
    for contact, value in ((world.cleo, "9"), (world.dora, "3")):
        answers.give(contact=contact, kind="nps", value=value, by=contact, at=MAY)
    snapshots.store(picture(), at=AUGUST)
    client.force_login(world.mona)

    page = client.get("/metrics/nps/")

    assert [row["count"] for row in page.context["pictures"].splits[0]["rows"]] == [1, 0, 1]


def test_cohorts_are_drawn_by_when_they_began(measured):
    rows = measured.get(RETENTION).context["pictures"].cohorts["rows"]

    assert {row["label"]: row["n"] for row in rows}["2025 Q2"] == 36


def test_everybody_who_began_stands_at_the_start_of_the_curve(measured):
    """Ninety-nine began, forty of them so lately that they have no step yet."""
    first = {"time": 30.0, "survival": 0.9, "low": 0.8, "high": 0.95}
    steps = [{**first, "at_risk": 59, "events": 6, "censored": 0}]
    told = {"time_unit": "days", "reached": 6, "waiting": 93, "steps": steps}
    measure = measures.find("time_to_first_confirmed")
    figure = replace(stored.figure("time_to_first_confirmed", JUNE), details=told)

    curve = pictures.of(Tile(measure, figure)).curve

    assert (curve["rising"], curve["unit"]) == (True, "days")
    start, then = curve["curves"][0]["steps"]
    assert (start["time"], start["at_risk"], start["censored"]) == (0.0, 99, 40)
    assert then == steps[0]


def test_a_lifetime_value_that_cannot_be_told_is_refused_in_a_sentence(world, client):
    stays("Alone")
    snapshots.store(picture(), at=AUGUST)
    client.force_login(world.mona)

    page = text(client.get("/metrics/lifetime_value/"))

    assert "Not enough to say." in page
    assert "discounted by 10 % a year" in page


def test_a_figure_that_was_learnt_later_tells_its_version(measured, world):
    leaves("Forgotten", segment="A")
    snapshots.store(picture(), at=AUGUST + timedelta(days=1))

    assert "version 2" in text(measured.get(RETENTION))


def test_the_downloads_hold_the_way_and_the_details(measured):
    rows = measured.get("/metrics/customer_retention.csv").content.decode().splitlines()
    told = json.loads(measured.get("/metrics/customer_retention.json").content)

    assert len(rows) == 4
    assert [each["as_of"][:10] for each in told] == ["2025-06-30", "2026-05-31", "2026-06-30"]
    assert told[-1]["details"]["cohorts"]


def test_a_segment_s_name_runs_nothing_in_a_spreadsheet(world, client):
    stays("One", segment="=cmd()")
    stays("Two", segment="B")
    snapshots.store(picture(), at=AUGUST)
    client.force_login(world.mona)

    rows = client.get("/metrics/customer_retention.csv?scope=segment:%3Dcmd()").content.decode()

    assert ",segment:=cmd()," in rows
    assert "\n=" not in rows


def test_every_step_of_the_catalogue_has_a_place(world):
    codes = {part.step for each in measures.all_measures() for part in each.parts if part.step}

    assert {code for code in codes if not steps.url_of(code, 1, reader=world.mona)} == set()


def test_an_observer_is_shown_no_door_that_is_closed(world):
    assert steps.url_of("ask", 1, reader=world.otto) == ""
    assert steps.url_of("agree_goal", 1, reader=world.otto) == ""
    assert steps.url_of("celebrate", 1, reader=world.otto) == reverse(
        "workspace:customer", args=[1]
    )
    assert steps.url_of("juggle", 1, reader=world.mona) == ""


@pytest.mark.parametrize(
    "query", ["", "?part=kept&after=9", "?part=kept&before=9", "?scope=segment:A"]
)
def test_the_number_of_queries_does_not_grow_with_customers(
    measured, query, django_assert_num_queries
):
    Edition.objects.create(pk=1, token="measure")
    measured.get(RETENTION + query)
    with django_assert_num_queries(10):
        measured.get(RETENTION + query)
    for number in range(60):
        stays(f"More {number}", segment="ABC"[number % 3], since=SPRING)
    snapshots.store(picture(), at=AUGUST)

    with django_assert_num_queries(10):
        measured.get(RETENTION + query)


def test_the_board_says_whether_outcomes_and_renewals_go_together(measured):
    page = measured.get("/metrics/board/")

    assert page.context["link"]["says"] == "Too few were decided to compare them yet."
    assert [tile.measure.name for tile in page.context["money"]][:2] == [
        "customer_retention",
        "renewal_rate",
    ]


@pytest.mark.sweep
@pytest.mark.browser
@pytest.mark.parametrize("name", ["net_revenue_retention", "customer_retention", "lifetime_value"])
def test_everybody_can_read_it(measured, world, live_server, open_page, signed_in, name):
    url = f"{live_server.url}/metrics/{name}/"

    page = open_page(url, cookies=signed_in(world.olga))

    assert objections(page) == []
