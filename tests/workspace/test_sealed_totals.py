"""What somebody answered before we said what we believe: due, apart, and the same on every page."""

import csv
import io
import re

import pytest

from arbiter.forecast.actions import standings
from arbiter.voice.actions import answers
from tests.forecast.portfolio import stands
from tests.portal.test_letter import text
from tests.world import MAY, TODAY

PAGES = ("/", "/customers/", "/renewals/")


@pytest.fixture
def mona(client, world):
    """Mona, and Dora of Harbour who said yes while nobody had said what they believe."""
    answers.give(contact=world.dora, kind="intent", value="yes", by=world.dora, at=MAY)
    standings.rebuild(as_of=TODAY)
    client.force_login(world.mona)
    return client


@pytest.mark.parametrize("where", PAGES)
def test_each_page_says_in_one_line_where_the_sealed_ones_count(mona, where):
    read = text(mona.get(where))

    assert "1 customer (€48k) answered, and nobody here has said yet what they believe" in read
    assert "in the money, in no answer and in no forecast until somebody does. Show it" in read


def test_the_yes_is_the_same_everywhere_and_holds_nothing_sealed(mona, world):
    stands("Alder", intent="yes", days=30, arr="1000.00", belief=0.9)

    home = mona.get("/?days=365").context["told"].seen
    customers = mona.get("/customers/?days=365").context["tiles"]
    renewals = mona.get("/renewals/?days=365").context["seen"]

    assert (home.yes_arr, home.due_arr) == (1_000, 69_000)
    assert renewals.yes_arr == home.yes_arr
    assert (customers[0]["value"], customers[1]["value"]) == ("€69k", "€1,000")
    everybody = mona.get("/customers/").context["tiles"]
    assert everybody[1]["value"] == "€1,000"


def test_the_bar_of_five_shows_it_beside_them_and_leads_to_it(mona):
    page = mona.get("/").content.decode()

    assert "answered, sealed €48k" in page
    [where] = set(re.findall(r'href="([^"]*answer=sealed[^"]*)"', page))
    found = mona.get(where.replace("&amp;", "&"))
    assert [line.row.name for group in found.context["groups"] for line in group.lines] == [
        "Harbour"
    ]


def test_no_forecast_gives_away_what_was_said(mona):
    page = mona.get("/renewals/")

    assert "after your belief" in text(page)
    assert page.context["money"] is None
    written = b"".join(mona.get("/renewals.csv").streaming_content).decode()
    [row] = [each for each in csv.DictReader(io.StringIO(written)) if each["customer"] == "Harbour"]
    assert (row["they_say"], row["forecast"], row["forecast_low"]) == ("sealed", "", "")


def test_the_months_count_it_as_spoken_and_expect_nothing_yet(mona):
    [september, *_] = mona.get("/renewals/").context["months"]

    assert (september.said, september.unsaid, september.expected) == (48_000, 0, 0)
    assert september.sentence == "1 answered, sealed"


def test_where_nothing_is_sealed_no_line_stands(client, world):
    standings.rebuild(as_of=TODAY)
    client.force_login(world.mona)

    for where in PAGES:
        assert "in no answer and in no forecast" not in text(client.get(where))
