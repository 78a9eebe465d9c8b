"""Will they continue? Five states, as of a day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arbiter.accounts.models import Contact, Contract, Customer
from arbiter.voice.actions import answers, asks
from arbiter.voice.models import Answer
from arbiter.voice.queries import answers as said
from arbiter.voice.queries import asks as asked
from arbiter.voice.queries import intents, past
from arbiter.voice.queries.intents import CustomerIntent
from tests.world import APRIL, FEBRUARY, JANUARY, JUNE, LAST_YEAR, MARCH, MAY


def ask(contact, at, by):
    return asks.put(contact=contact, kind="intent", channel="call", by=by, at=at)


def answer(contact, value, at, **more):
    return answers.give(contact=contact, kind="intent", value=value, by=contact, at=at, **more)


def harbours(world, as_of=JUNE, **more) -> CustomerIntent:
    found = intents.of_customers([world.harbour.pk, world.quay.pk], as_of=as_of, **more)
    return found[world.harbour.pk]


def state_of(world, contact, as_of=JUNE):
    people = {person.contact_id: person for person in harbours(world, as_of).people}
    return people[contact.pk].state


def test_nobody_was_asked_and_everybody_is_named(world):
    harbour = harbours(world)

    assert harbour.state == "never_asked"
    assert [person.name for person in harbour.people] == [
        "Cleo Castro",
        "Dora Diaz",
        "Sam Silva",
        "Uma Urban",
    ]
    assert (harbour.at, harbour.only_friendly, harbour.silent_decision_maker) == (None, False, True)


def test_asked_without_a_reply_is_not_never_asked(world):
    ask(world.cleo, MAY, world.ada)

    assert state_of(world, world.cleo) == "no_reply"
    assert state_of(world, world.dora) == "never_asked"
    assert harbours(world).state == "no_reply"
    assert harbours(world, as_of=APRIL).state == "never_asked"


def test_a_yes_of_the_champion_alone_is_a_yes_from_a_friendly_person(world):
    answer(world.cleo, "yes", MAY)

    harbour = harbours(world)
    assert (harbour.state, harbour.at, harbour.last_heard_at) == ("yes", MAY, MAY)
    assert harbour.only_friendly
    assert harbour.silent_decision_maker


def test_the_decision_makers_not_sure_outweighs_the_champions_yes(world):
    answer(world.cleo, "yes", MAY)
    answer(world.dora, "not_sure", APRIL, comment="Costs", would_make_it_yes="Fewer seats")

    harbour = harbours(world)
    assert (harbour.state, harbour.at) == ("not_sure", APRIL)
    assert not harbour.only_friendly
    assert not harbour.silent_decision_maker
    dora = next(person for person in harbour.people if person.name == "Dora Diaz")
    assert (dora.comment, dora.would_make_it_yes, dora.on_behalf) == ("Costs", "Fewer seats", False)
    assert dora.live


def test_the_newest_answer_of_a_person_counts(world):
    answer(world.cleo, "no", MARCH)
    answer(world.cleo, "yes", MAY)

    assert state_of(world, world.cleo, as_of=APRIL) == "no"
    assert state_of(world, world.cleo) == "yes"


def test_a_flagged_answer_does_not_count(world):
    ask(world.cleo, APRIL, world.ada)
    answer(world.cleo, "yes", MAY)
    Answer.objects.update(flagged=True)

    assert state_of(world, world.cleo) == "no_reply"
    assert harbours(world).last_heard_at is None


def test_an_answer_of_the_last_term_says_nothing_about_this_one(world):
    answer(world.cleo, "yes", LAST_YEAR)

    assert state_of(world, world.cleo) == "never_asked"
    assert harbours(world, as_of=LAST_YEAR + timedelta(days=30)).state == "yes"


def test_an_answer_grows_old_after_a_year(world):
    world.harbour_contract.starts_on = date(2024, 1, 1)
    world.harbour_contract.save()
    answer(world.cleo, "yes", JUNE - timedelta(days=365))
    answer(world.dora, "yes", JUNE - timedelta(days=366))

    assert state_of(world, world.cleo) == "yes"
    assert state_of(world, world.dora) == "never_asked"


def test_an_ask_after_a_counting_answer_does_not_take_it_away(world):
    answer(world.cleo, "yes", APRIL)
    ask(world.cleo, MAY, world.ada)

    assert state_of(world, world.cleo) == "yes"


def test_whoever_left_is_no_longer_counted(world):
    answer(world.dora, "no", APRIL)
    world.dora.left_on = MAY.date()
    world.dora.save()

    assert harbours(world).state == "never_asked"
    assert harbours(world, as_of=APRIL).state == "no"
    assert harbours(world).last_heard_at == APRIL


def test_only_what_was_recorded_by_then_is_known(world):
    answers.give(
        contact=world.dora,
        kind="intent",
        value="no",
        by=world.ada,
        at=FEBRUARY,
        recorded_at=MAY,
        evidence="Minutes",
    )

    assert harbours(world, as_of=APRIL).state == "never_asked"
    assert harbours(world).state == "no"


def test_since_names_the_day_from_which_answers_count(world):
    answer(world.cleo, "yes", MARCH)

    assert harbours(world, since={world.harbour.pk: APRIL.date()}).state == "never_asked"
    assert harbours(world, since={}).state == "yes"


def test_a_customer_without_people_is_absent_and_never_asked(world):
    empty = Customer.objects.create(name="Empty")

    assert intents.of_customers([empty.pk], as_of=JUNE) == {}
    assert CustomerIntent().state == "never_asked"


def test_the_number_of_queries_does_not_grow_with_customers(world):
    with CaptureQueriesContext(connection) as few:
        intents.of_customers([world.harbour.pk], as_of=JUNE)
    for number in range(30):
        customer = Customer.objects.create(name=f"Customer {number}")
        contact = Contact.objects.create(customer=customer, name="Kim")
        answer(contact, "yes", MAY)
    everyone = list(Customer.objects.values_list("pk", flat=True))

    with CaptureQueriesContext(connection) as many:
        found = intents.of_customers(everyone, as_of=JUNE)

    assert len(found) == 32
    assert len(many) == len(few) <= 5


def test_answers_given_tell_what_could_have_been_read_when(world):
    live = answer(world.cleo, "yes", APRIL)
    imported = answer(world.dora, "no", MARCH)
    Answer.objects.filter(pk=imported.pk).update(import_id=7)

    given = said.intents_given([world.harbour.pk, world.quay.pk], as_of=JUNE)

    assert [(each.answer_id, each.live) for each in given[world.harbour.pk]] == [
        (imported.pk, False),
        (live.pk, True),
    ]
    assert world.quay.pk not in given


def never_asked(world, person=None, as_of=JUNE, days=180):
    found = asked.never_asked(person or world.olga, as_of=as_of, days=days)
    return [contract.key for contract in found]


def test_the_queue_of_the_never_asked_is_ordered_by_money(world):
    Contract.objects.create(
        key="small-and-soon",
        customer=Customer.objects.create(name="Pier"),
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 7, 1),
        arr=Decimal(900),
        currency="EUR",
    )
    Contract.objects.create(
        key="no-money",
        customer=Customer.objects.create(name="Buoy"),
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 7, 1),
    )

    assert never_asked(world, days=190) == ["harbour-1", "quay-1", "small-and-soon", "no-money"]
    assert never_asked(world, days=60) == ["small-and-soon", "no-money"]


@pytest.mark.parametrize("heard", ["asked", "answered"])
def test_whoever_was_asked_or_answered_in_the_term_leaves_the_queue(world, heard):
    if heard == "asked":
        ask(world.uma, MAY, world.ada)
    else:
        answer(world.uma, "yes", MAY)

    assert never_asked(world, days=190) == ["quay-1"]


def test_an_ask_of_the_last_term_or_a_machines_answer_leaves_nobody_asked(world):
    ask(world.uma, LAST_YEAR + timedelta(days=60), world.ada)
    answer(world.uma, "yes", MAY)
    Answer.objects.update(flagged=True)

    assert "harbour-1" in never_asked(world)


def test_the_queue_shows_what_a_colleague_may_see(world):
    assert never_asked(world, world.quinn, days=190) == ["quay-1"]
    world.quay.archived_at = JANUARY
    world.quay.save()
    assert never_asked(world, world.quinn, days=190) == []


@pytest.mark.parametrize("as_of", [JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE])
def test_any_moment_is_told_from_the_whole_past_as_it_was_told_then(world, as_of):
    ask(world.cleo, FEBRUARY, world.ada)
    answer(world.dora, "not_sure", MARCH)
    answer(world.dora, "yes", APRIL, recorded_at=JUNE)
    answer(world.cleo, "no", MAY)
    ids = [world.harbour.pk, world.quay.pk]
    since = said.terms(ids, as_of=as_of)

    whole = past.of_customers(ids, until=JUNE, whole=True)

    assert said.intents_told_from(whole, ids, as_of=as_of, since=since) == said.latest_intents(
        ids, as_of=as_of
    )
