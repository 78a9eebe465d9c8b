"""The model page: what forecasts rest on, how much is data, and how good they would have been."""

from datetime import timedelta

import pytest

from arbiter.forecast.actions import anchors, backtests
from arbiter.forecast.queries.backtests import stored
from arbiter.workspace.model import words
from tests.browser import objections
from tests.forecast.decided import book
from tests.kept import once
from tests.world import TODAY

URL = "/model/"
NAMES = "/model/renewals/"
WEEK = timedelta(days=7)


@pytest.fixture
def learnt(world):
    return once(a_past_that_was_learnt, world)


def a_past_that_was_learnt(world):
    """A company that has learnt from a hundred and ten renewals, and judged them."""
    book(110, every=WEEK, believed=True)
    anchors.set_anew(as_of=TODAY)
    backtests.make(as_of=TODAY)
    return world


def page(client, person, url=URL):
    client.force_login(person)
    return client.get(url)


def text(reply):
    return " ".join(reply.content.decode().split())


def test_on_the_first_day_it_says_that_nothing_was_learnt(client, world):
    said = text(page(client, world.olga))

    assert "Nothing was learnt yet" in said
    assert "No past renewal was judged yet" in said
    assert "The decision maker says yes" in said


def test_after_an_import_it_says_that_past_renewals_are_being_judged(client, world):
    book(12, every=WEEK)

    waiting = page(client, world.olga)
    assert "Past renewals are being judged." in text(waiting)
    assert 'hx-get="/model/progress/" hx-trigger="every 5s"' in text(waiting)
    assert "It is being done now." in text(waiting)
    assert "Past renewals are being judged." in text(client.get("/model/progress/"))

    backtests.make(as_of=TODAY)

    assert "are being judged" not in text(client.get(URL))
    done = client.get("/model/progress/")
    assert (done.status_code, done.headers["HX-Refresh"]) == (204, "true")


def test_it_says_from_how_many_and_how_much_is_data(client, learnt):
    reply = page(client, learnt.mona)
    said = text(reply)

    assert "110 renewals" in said
    assert "14 of them lost" in said
    assert "Learnt from 110 decided renewals of 110 customers" in said
    share = words.tiles(reply.context["report"])[1]["value"]
    assert share.endswith("%")
    assert share in said


def test_below_twenty_renewals_there_is_no_percentage(client, world):
    book(12)
    anchors.set_anew(as_of=TODAY)
    backtests.make(as_of=TODAY)

    said = text(page(client, world.olga))

    assert "12 renewals" in said
    assert "Too few to say" in said
    assert "Of 12 renewals, " in said
    assert "2 of 10 losses needed" in said


def test_one_renewal_is_told_in_the_singular(client, world):
    book(1)
    anchors.set_anew(as_of=TODAY)
    backtests.make(as_of=TODAY)

    said = text(page(client, world.olga))

    assert "Learnt from 1 decided renewal of 1 customer, of which 0 were lost." in said
    assert "Of 1 renewal, " in said
    assert "1 renewals" not in said


@pytest.mark.parametrize(("lead", "current"), [("180", 180), ("30", 30), ("", 90), ("77", 90)])
def test_the_backtest_is_shown_at_a_lead(client, learnt, lead, current):
    reply = page(client, learnt.olga, f"{URL}?lead={lead}")

    assert reply.context["lead"] == current
    rows = reply.context["forecasters"]
    assert [row["label"] for row in rows][:3] == [
        "The forecast",
        "The forecast, had it learnt nothing",
        "The renewal rate for all",
    ]
    assert "The team&#x27;s belief" in text(reply)


def test_where_every_decision_came_earlier_it_says_so(client, learnt):
    backtest = stored.newest(TODAY)
    emptied = {"n": 0, "lost": 0, "forecasters": [], "signals": [], "bins": [], "ranges": None}
    result = backtest.result | {"leads": backtest.result["leads"] | {"30": emptied}}
    type(backtest).objects.create(
        as_of=TODAY, method="x", renewals=1, lost=0, result=result, fingerprint="x"
    )

    assert "No renewal was still open then" in text(page(client, learnt.olga, f"{URL}?lead=30"))


def test_the_numbers_open_to_names_the_most_wrong_first(client, learnt):
    reply = page(client, learnt.olga, NAMES)

    rows = reply.context["page"].rows
    missed = [row.chance if not row.renewed else 1 - row.chance for row in rows]
    assert len(rows) == 50
    assert missed == sorted(missed, reverse=True)
    assert rows[0].contract.customer.name in text(reply)


def test_the_names_of_the_lost_alone_and_page_by_page(client, learnt):
    lost = page(client, learnt.olga, f"{NAMES}?lost=1").context["page"]
    last = page(client, learnt.olga, f"{NAMES}?start=100").context["page"]
    odd = page(client, learnt.olga, f"{NAMES}?start=x").context["page"]

    assert (lost.total, lost.next, {row.renewed for row in lost.rows}) == (14, None, {False})
    assert (len(last.rows), last.next, last.previous) == (10, None, 50)
    assert (odd.next, odd.previous) == (50, None)


def test_a_page_of_names_takes_one_query(learnt, django_assert_num_queries):
    backtest = stored.newest(TODAY)

    for size in (5, 50):
        with django_assert_num_queries(1):
            found = stored.renewals(learnt.olga, backtest, size=size)
        assert len(found.rows) == size


def test_before_the_first_backtest_there_are_no_names(client, world):
    assert page(client, world.olga, NAMES).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("otto", 200), ("mona", 200), ("ada", 403)])
def test_only_who_sees_every_customer_sees_the_model(client, world, who, status):
    assert page(client, getattr(world, who)).status_code == status


@pytest.mark.sweep
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_everybody_can_read_it(open_page, signed_in, live_server, learnt):
    shown = open_page(cookies=signed_in(learnt.olga))
    for url in (URL, NAMES):
        shown.goto(live_server.url + url)
        assert objections(shown) == []
