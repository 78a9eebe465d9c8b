"""The list of customers: grouped by what they said, narrowed, ordered, found, taken out."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from arbiter.forecast.models import Edition
from tests.browser import expect, objections
from tests.forecast.portfolio import stands
from tests.world import MAY, TODAY


def text(reply):
    return " ".join(reply.content.decode().split())


def names(reply):
    return [line.row.name for group in reply.context["groups"] for line in group.lines]


def rows(reply):
    written = b"".join(reply.streaming_content).decode()
    return list(csv.DictReader(StringIO(written)))


@pytest.fixture
def book(client, world):
    """Customers with something to tell them apart, and Mona looking."""
    Edition.objects.create(pk=1, token="book")
    stands("Alder", intent="yes", days=40, arr="10.00", owner=world.ada, segment="Large")
    stands("Birch", intent="no", days=20, arr="80.00", owner=world.ada, segment="Small")
    stands("Cedar", intent="no", days=90, arr="30.00", owner=world.quinn, segment="Small")
    stands("Dogwood", intent="not_sure", days=5, arr="5.00", currency="USD", stage="trial")
    stands("Elder", days=None, arr=None, wrong_value=1, stage="value")
    stands("Fir", intent="yes", days=9, arr="70.00", sealed=True, probability=0.31, people=[told()])
    client.force_login(world.mona)
    return client


def told(**more):
    return {
        "contact_id": 1,
        "name": "Kim Canary",
        "role": "decision_maker",
        "title": "CFO",
        "decides": True,
        "state": "yes",
        "at": MAY.isoformat(),
        "comment": "Sing",
        "would_make_it_yes": "",
        "on_behalf": False,
        "answer_id": 1,
        **more,
    }


def test_customers_stand_in_groups_by_what_they_said(book):
    reply = book.get("/customers/")

    assert [(group.answer, group.about) for group in reply.context["groups"]] == [
        ("no", "2 customers · €110"),
        ("not_sure", "1 customer"),
        ("sealed", "1 customer · €70"),
        ("never_asked", "1 customer"),
        ("yes", "1 customer · €10"),
    ]
    assert names(reply) == ["Birch", "Cedar", "Dogwood", "Fir", "Elder", "Alder"]


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("answer=no", {"Birch", "Cedar"}),
        ("answer=no&answer=not_sure", {"Birch", "Cedar", "Dogwood"}),
        ("answer=yes", {"Alder"}),
        ("answer=sealed", {"Fir"}),
        ("segment=Small&days=30", {"Birch"}),
        ("stage=trial", {"Dogwood"}),
        ("currency=USD", {"Dogwood"}),
        ("list=wrong_value", {"Elder"}),
        ("owner=none", {"Dogwood", "Elder", "Fir"}),
        ("q=ceDAR", {"Cedar"}),
        ("archived=1", set()),
        ("answer=green&days=soon&owner=x&list=y&sort=z&nothing=1", {"Alder", "Birch", "Cedar", "Dogwood", "Elder", "Fir"}),
    ],
)  # fmt: skip
def test_filters_narrow_the_list(book, query, seen):
    assert set(names(book.get(f"/customers/?{query}"))) == seen


def test_an_owner_can_be_chosen_by_name_and_oneself(book, world):
    assert set(names(book.get(f"/customers/?owner={world.ada.pk}"))) == {"Alder", "Birch"}
    book.force_login(world.ada)
    assert set(names(book.get("/customers/?owner=me"))) == {"Alder", "Birch"}


@pytest.mark.parametrize(
    ("sort", "first"),
    [("name", "Alder"), ("renews", "Dogwood"), ("arr", "Birch"), ("forecast", "Fir")],
)
def test_it_can_be_ordered(book, sort, first):
    reply = book.get(f"/customers/?sort={sort}")

    assert names(reply)[0] == first
    assert [group.answer for group in reply.context["groups"]] == [""]


def test_a_choice_says_how_many_it_would_show(book):
    menus = {menu["label"]: menu for menu in book.get("/customers/?segment=Small").context["menus"]}

    counts = {option["label"]: option.get("count") for option in menus["Answer"]["options"]}
    assert counts["Someone said no"] == 2
    assert counts["Everyone who answered said yes"] == 0
    segments = {option["label"]: option.get("count") for option in menus["Segment"]["options"]}
    assert segments["Large"] == 1


def test_a_choice_is_taken_back_by_choosing_it_again(book):
    menus = {menu["label"]: menu for menu in book.get("/customers/?answer=no").context["menus"]}

    [chosen] = [option for option in menus["Answer"]["options"] if option.get("current")]
    assert chosen["url"] == "/customers/"


def test_what_is_sealed_is_told_nowhere_on_the_page(book):
    page = text(book.get("/customers/?q=fir"))

    assert "1 customer (€70) answered, and nobody here has said yet what they believe" in page
    assert "Answered, sealed until you say what you believe" in page
    assert "After your belief" in page
    assert "31%" not in page
    assert "look--yes" not in page.split("<tbody>")[1]


def test_a_person_who_was_looked_for_is_named(book):
    stands("Grove", words="grove\nkim canary", people=[told(state="never_asked", at=None)])

    assert "Kim Canary" in text(book.get("/customers/?q=canary"))


def test_the_figures_of_a_window_are_those_of_home(book):
    page = text(book.get("/customers/?days=180"))

    assert "Up for renewal" in page
    assert "€190" in page
    assert "and apart from it $5" in page


def test_pages_go_on_by_key_and_say_that_a_group_continues(client, world):
    for number in range(60):
        stands(f"Crowd {number:02}", intent="no", days=number + 1)
    client.force_login(world.mona)

    first = client.get("/customers/")
    second = client.get(first.context["next_url"])

    assert len(names(first)) == 50
    assert names(second) == [f"Crowd {number}" for number in range(50, 60)]
    assert second.context["groups"][0].about.endswith("continued")
    assert names(client.get(second.context["previous_url"])) == names(first)


def test_a_broken_address_leads_to_the_first_page(book):
    reply = book.get("/customers/?days=30&after=nonsense")

    assert (reply.status_code, reply.headers["Location"]) == (302, "/customers/?days=30")


def test_nobody_like_that_is_said_with_a_way_back(book):
    assert "No customer like that" in text(book.get("/customers/?q=zebra"))


def test_the_table_holds_everybody_of_the_filters_and_runs_nothing(book):
    stands("=cmd()", intent="no", days=3)

    taken = rows(book.get("/customers.csv?answer=no"))

    assert [row["name"] for row in taken] == ["Birch", "Cedar", "'=cmd()"]
    assert taken[0]["they_say"] == "no"
    assert taken[0]["arr"] == "80.00"


def test_the_table_keeps_sealed_what_is_sealed(book):
    [row] = rows(book.get("/customers.csv?answer=sealed"))

    assert (row["they_say"], row["said_on"], row["forecast"]) == ("sealed", "", "")


def test_an_observer_takes_nothing_out(book, world):
    book.force_login(world.otto)

    assert book.get("/customers.csv").status_code == 403
    assert "/customers.csv" not in text(book.get("/customers/"))


def test_nobody_sees_customers_out_of_reach(book, world):
    book.force_login(world.quinn)

    assert set(names(book.get("/customers/"))) == {"Cedar", "Dogwood", "Elder", "Fir"}
    assert {row["name"] for row in rows(book.get("/customers.csv"))} == {
        *("Cedar", "Dogwood", "Elder", "Fir"),
    }


def test_the_number_of_queries_does_not_grow_with_the_customers(
    book, django_assert_max_num_queries
):
    book.get("/customers/")
    with django_assert_max_num_queries(18):
        book.get("/customers/")
    for number in range(70):
        stands(f"Crowd {number:02}", intent="no", days=number)

    with django_assert_max_num_queries(18):
        book.get("/customers/")


def test_a_late_renewal_is_told_as_undecided(book):
    stands("Late", days=-12, words="late")

    page = text(book.get("/customers/?overdue=1"))

    day = TODAY - timedelta(days=12)
    assert f"<b>{day.day} {day:%b}</b>, undecided" in page


@pytest.mark.sweep
@pytest.mark.browser
def test_it_can_be_read_by_everybody(book, world, live_server, open_page, signed_in):
    page = open_page(f"{live_server.url}/customers/?days=365", cookies=signed_in(world.mona))

    assert objections(page) == []


@pytest.mark.browser
def test_on_a_desk_each_customer_is_one_calm_row(book, world, live_server, open_page, signed_in):
    wish = {"goal": 1, "statement": "Halve the time that invoices wait for an approval"}
    stands("Hawthorn & Sons International Trading", arr="1250000.00", days=300, segment="Mid-market", next_step="celebrate", next_step_about=wish, probability=0.83, low=0.6, high=0.94)  # fmt: skip
    page = open_page(f"{live_server.url}/customers/", cookies=signed_in(world.mona))

    steps = page.eval_on_selector_all(
        ".customers__step", "all => all.map(one => one.getBoundingClientRect().height)"
    )
    room, table = page.evaluate(
        "[document.querySelector('.data-table-scroll').clientWidth, document.querySelector('.data-table').clientWidth]"
    )

    assert steps
    assert max(steps) <= 26
    assert table <= room


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False])
def test_a_filter_works_with_and_without_javascript(
    book, world, live_server, open_page, signed_in, javascript
):
    page = open_page(
        f"{live_server.url}/customers/", javascript=javascript, cookies=signed_in(world.mona)
    )

    page.locator("summary", has_text="Answer").click()
    page.get_by_role("link", name="Someone said no").click()
    page.wait_for_url("**/customers/?answer=no")

    page.get_by_role("link", name="Alder").wait_for(state="detached")
    expect(page.locator("tbody tr")).to_have_count(3)


@pytest.mark.browser
def test_the_keyboard_reaches_the_search_and_finds_a_customer(
    book, world, live_server, open_page, signed_in
):
    page = open_page(f"{live_server.url}/customers/", cookies=signed_in(world.mona))

    page.keyboard.press("Control+k")
    page.keyboard.type("birch")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=birch")

    expect(page.locator("tbody").get_by_role("link", name="Birch")).to_be_visible()
