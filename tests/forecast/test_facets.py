"""What lists count, what they keep sealed, and by which words they find somebody."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arbiter.accounts.actions import contacts
from arbiter.forecast.actions import standings as written
from arbiter.forecast.models import Edition, Outlook, Standing
from arbiter.forecast.queries import facets, headline, memo, money, outlooks, pages, standings
from arbiter.forecast.queries.standings import Filters
from tests.forecast.portfolio import stands
from tests.world import JUNE, TODAY


def listed(person, **filters):
    found = standings.filtered(person, Filters(**filters), as_of=TODAY)
    return sorted(row.name for row in found)


@pytest.fixture
def whispers(world):
    """Three customers said no; of one, nobody has said what they believe yet."""
    stands("Alder", intent="no", days=20)
    stands("Birch", intent="no", days=10, sealed=True)
    stands("Cedar", intent="yes", days=30)
    return world


def test_what_is_sealed_is_found_under_no_answer_but_its_own(whispers):
    assert listed(whispers.mona, intents=frozenset({"no"})) == ["Alder"]
    assert listed(whispers.mona, intents=frozenset({"sealed"})) == ["Birch"]
    assert listed(whispers.mona, intents=frozenset({"sealed", "yes"})) == ["Birch", "Cedar"]


def test_what_is_sealed_is_counted_apart(whispers):
    told = facets.of(whispers.mona, Filters(), as_of=TODAY)

    assert (told.intents["no"].customers, told.intents["sealed"].customers) == (1, 1)


def test_what_is_sealed_stands_apart_when_ordered_by_answer(whispers):
    rows = pages.page(standings.visible_to(whispers.mona), sort="answer").rows

    assert [row.name for row in rows] == ["Alder", "Birch", "Cedar"]
    by_page = pages.page(standings.visible_to(whispers.mona), sort="answer", size=1)
    following = pages.page(
        standings.visible_to(whispers.mona), sort="answer", size=1, after=by_page.next
    )
    assert [row.name for row in following.rows] == ["Birch"]


def test_counts_go_by_stage_and_currency_and_say_what_is_known(world):
    stands("Alder", stage="trial", goals=2, own_words=1, confirmed=1, heard_decision_maker=True)
    stands("Birch", stage="trial", currency="USD", arr="50", goals=1, unjudged=1)
    stands("Cedar", stage="value", silent_decision_maker=True)

    told = facets.of(world.mona, Filters(stages=frozenset({"trial"})), as_of=TODAY)

    assert {name: facet.customers for name, facet in told.stages.items()} == {
        "trial": 2,
        "value": 1,
    }
    assert told.currency == "EUR"
    assert told.currencies["USD"] == facets.Facet(1, Decimal(50))
    assert told.total == facets.Facet(2, Decimal(1000))
    assert told.known == facets.Known(
        goals=3, own_words=1, confirmed=1, unjudged=1, heard=1, silent=0, with_goal=2
    )


def test_lists_are_counted_beside_the_other_filters(world):
    stands("Alder", segment="Small", wrong_value=1)
    stands("Birch", segment="Large", wrong_value=1)

    told = standings.listed(
        world.mona,
        Filters(segments=frozenset({"Small"}), picked=frozenset({"sealed"})),
        as_of=TODAY,
    )

    assert told["wrong_value"] == 1
    assert told["sealed"] == 0


@pytest.mark.parametrize(
    "words",
    ["harb", "HARBOUR", "cleo", "cleo@harbour", "harbour cleo", "müller", "MULLER", "strasse"],
)
def test_a_customer_is_found_by_its_name_its_people_and_their_addresses(world, words):
    contacts.add(
        customer=world.harbour,
        name="Jörg Müller-Straße",
        email="jm@harbour.test",
        by=world.ada,
        at=JUNE,
    )
    written.refresh([world.harbour.pk, world.quay.pk], as_of=JUNE)

    assert listed(world.mona, words=words) == ["Harbour"]


def test_who_has_left_is_looked_for_in_vain(world):
    contacts.leave(contact=world.cleo, left_on=JUNE.date(), by=world.ada, at=JUNE)
    written.refresh([world.harbour.pk], as_of=JUNE)

    assert listed(world.mona, words="cleo") == []


def test_looking_by_words_reads_a_narrow_index(world):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by the size of its tables; see `bench/pages.py`.")
    with CaptureQueriesContext(connection) as asked:
        assert listed(world.mona, words="harb") == []
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked.captured_queries[1]['sql']}")
        plan = str(cursor.fetchall())

    assert "USING COVERING INDEX forecast_standing_words" in plan


def test_a_word_that_many_have_finds_the_same(world, monkeypatch):
    stands("Alder Grove")
    stands("Birch Grove")
    monkeypatch.setattr(standings, "FEW_FOUND", 1)

    assert listed(world.mona, words="grove") == ["Alder Grove", "Birch Grove"]
    assert listed(world.mona, words="grove birch") == ["Birch Grove"]


@pytest.mark.parametrize("sort", ["arr", "forecast", "heard", "urgency", "renews"])
def test_every_order_is_served_by_an_index(world, sort):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by the size of its tables; see `bench/pages.py`.")
    found = standings.filtered(world.mona, Filters(), as_of=TODAY)
    with CaptureQueriesContext(connection) as asked:
        pages.page(found, sort=sort)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked.captured_queries[0]['sql']}")
        plan = str(cursor.fetchall())

    assert "forecast_standing_" in plan
    assert "TEMP B-TREE" not in plan


def test_counting_reads_an_index_alone(world):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by the size of its tables; see `bench/pages.py`.")
    plan = (
        standings.beside_facets(world.mona, Filters(), as_of=TODAY)
        .order_by()
        .values_list("sealed", "intent", "owner", "segment", "stage", "currency")
        .annotate(**facets._SUMS)
        .explain()
    )

    assert "USING COVERING INDEX forecast_standing_facets" in plan


def test_one_owners_money_can_be_asked_for_alone(world):
    stands("Alder", owner=world.ada, arr="10", days=5, belief=0.5)
    stands("Birch", owner=world.ben, arr="30", days=5)

    told = headline.of(world.mona, as_of=TODAY, owner=world.ada.pk)

    assert (told.due_arr, told.contracts, told.believed_contracts) == (10, 1, 1)
    assert headline.of(world.mona, as_of=TODAY).believed_contracts == 1
    [month] = outlooks.by_month(world.mona, as_of=TODAY, owner=world.ben.pk)
    assert month.arr == 30
    assert money.portfolio(world.mona, currency="EUR", as_of=TODAY, owner=world.ben.pk) is None


def test_short_lists_can_be_one_owners(world):
    stands("Alder", owner=world.ada, only_friendly=True)
    stands("Birch", owner=world.ben, only_friendly=True)

    lists = {each.name: each for each in standings.short_lists(world.mona, owner=world.ada.pk)}

    assert [row.name for row in lists["only_friendly"].rows] == ["Alder"]


def test_contracts_that_ended_undecided_are_counted(world):
    stands("Alder", days=-3)
    stands("Birch", days=3)

    assert outlooks.count_overdue(world.mona, as_of=TODAY) == 1


def test_contracts_come_in_pages_by_their_end(world):
    stands("Alder", days=9)
    stands("Birch", days=3)
    due = outlooks.due(world.mona, as_of=TODAY, days=30)

    first = pages.page(due, sort="ends", size=1)
    second = pages.page(due, sort="ends", size=1, after=first.next)

    assert [row.customer_name for row in (*first.rows, *second.rows)] == ["Birch", "Alder"]


def test_a_page_asks_once_whether_the_read_model_changed(world, django_assert_num_queries):
    Edition.objects.create(pk=1, token="one")
    headline.of(world.mona, as_of=TODAY)
    outlooks.by_month(world.mona, as_of=TODAY)

    with django_assert_num_queries(1), memo.one_edition():
        headline.of(world.mona, as_of=TODAY)
        outlooks.by_month(world.mona, as_of=TODAY)


def test_after_the_page_a_change_is_seen(world):
    Edition.objects.create(pk=1, token="one")
    with memo.one_edition():
        assert headline.of(world.mona, as_of=TODAY, days=61).contracts == 0
    stands("Alder", days=60)
    Edition.objects.update(token="two")

    assert headline.of(world.mona, as_of=TODAY, days=61).contracts == 1
    assert Outlook.objects.count() == Standing.objects.count() == 1
