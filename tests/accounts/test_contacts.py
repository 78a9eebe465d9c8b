from datetime import date

import pytest

from arbiter.accounts.actions import contacts as verbs
from arbiter.accounts.actions.contacts import (
    AlreadyLeft,
    AlreadyUnsubscribed,
    ContactAlreadyThere,
    ContactUnnamed,
    LeftBeforeJoining,
    NotUnsubscribed,
    StillThere,
)
from arbiter.accounts.permissions import NotAllowed
from arbiter.accounts.queries import contacts
from tests.facts import fact_names, last_fact
from tests.world import JUNE, MAY


def test_a_contact_is_added_with_a_role(world):
    pia = verbs.add(
        customer=world.harbour,
        name=" Pia Pons ",
        email=" pia@harbour.test ",
        role="procurement",
        by=world.ada,
        at=MAY,
    )

    assert (pia.name, pia.email) == ("Pia Pons", "pia@harbour.test")
    assert last_fact().name == "accounts.contact_added"
    assert last_fact().details == {"role": "procurement"}
    assert pia in contacts.of(world.harbour)


def test_a_contact_needs_a_name_and_an_address_of_their_own(world):
    with pytest.raises(ContactUnnamed):
        verbs.add(customer=world.harbour, name=" ", by=world.ada, at=MAY)
    with pytest.raises(ContactAlreadyThere, match="Cleo Castro") as refused:
        verbs.add(customer=world.harbour, name="C", email="CLEO@harbour.test", by=world.ada, at=MAY)
    assert refused.value.field == "email"
    with pytest.raises(NotAllowed):
        verbs.add(customer=world.harbour, name="Pia", by=world.quinn, at=MAY)


def test_two_contacts_may_both_have_no_address(world):
    verbs.add(customer=world.harbour, name="Pia", by=world.ada, at=MAY)
    verbs.add(customer=world.harbour, name="Rui", by=world.ada, at=MAY)

    assert contacts.of(world.harbour).filter(email="").count() == 2


def test_an_edit_tells_the_role_when_the_role_changed(world):
    verbs.edit(contact=world.uma, role="champion", email="uma@harbour.test", by=world.ada, at=MAY)

    assert last_fact().details == {"fields": ["role"], "role": "champion"}

    verbs.edit(contact=world.uma, title="Planner", by=world.ada, at=MAY)

    assert last_fact().details == {"fields": ["title"]}


def test_an_edit_without_a_difference_leaves_no_trace(world):
    verbs.edit(contact=world.uma, name="Uma Urban", by=world.ada, at=MAY)

    assert fact_names() == []


def test_an_edit_cannot_take_anothers_address_or_the_name(world):
    with pytest.raises(ContactAlreadyThere):
        verbs.edit(contact=world.uma, email="dora@harbour.test", by=world.ada, at=MAY)
    with pytest.raises(ContactUnnamed):
        verbs.edit(contact=world.uma, name="", by=world.ada, at=MAY)


def test_who_leaves_is_no_longer_among_the_current_and_may_come_back(world):
    verbs.leave(contact=world.sam, left_on=date(2026, 5, 20), by=world.ada, at=JUNE)

    fact = last_fact()
    assert fact.details == {"left_on": "2026-05-20", "role": "sponsor"}
    assert (fact.at.date(), fact.recorded_at) == (date(2026, 5, 20), JUNE)
    assert world.sam in contacts.current(world.harbour, on=date(2026, 5, 19))
    assert world.sam not in contacts.current(world.harbour, on=date(2026, 5, 20))
    with pytest.raises(AlreadyLeft, match="20 May 2026"):
        verbs.leave(contact=world.sam, left_on=date(2026, 5, 20), by=world.ada, at=JUNE)

    verbs.come_back(contact=world.sam, by=world.ada, at=JUNE)

    assert world.sam in contacts.current(world.harbour, on=date(2026, 6, 2))
    with pytest.raises(StillThere):
        verbs.come_back(contact=world.sam, by=world.ada, at=JUNE)


def test_a_contact_stops_our_mail_themselves_and_a_colleague_lets_it_flow_again(world):
    verbs.unsubscribe(contact=world.cleo, by=world.cleo, at=MAY)

    assert world.cleo.unsubscribed_at == MAY
    assert last_fact().by_kind == "contact"
    with pytest.raises(AlreadyUnsubscribed):
        verbs.unsubscribe(contact=world.cleo, by=world.ada, at=MAY)

    verbs.resubscribe(contact=world.cleo, by=world.ada, at=JUNE)

    with pytest.raises(NotUnsubscribed):
        verbs.resubscribe(contact=world.cleo, by=world.ada, at=JUNE)
    assert fact_names() == ["accounts.contact_unsubscribed", "accounts.contact_resubscribed"]


def test_the_people_of_many_customers_are_read_at_once(world, django_assert_num_queries):
    verbs.leave(contact=world.sam, left_on=date(2026, 5, 20), by=world.ada, at=JUNE)

    with django_assert_num_queries(1):
        found = contacts.current_of([world.harbour.pk, world.quay.pk], on=date(2026, 6, 1))

    assert found == {
        world.harbour.pk: [world.cleo, world.dora, world.uma],
        world.quay.pk: [world.dov],
    }


def test_a_contact_is_found_by_name_or_address_behind_the_door(world):
    assert list(contacts.search(world.ada, "dora")) == [world.dora]
    assert list(contacts.search(world.ada, "uma@")) == [world.uma]
    assert not contacts.search(world.ada, "dov")


def test_nobody_leaves_before_they_came(world):
    verbs.edit(contact=world.sam, joined_on=date(2026, 4, 1), by=world.ada, at=MAY)

    with pytest.raises(LeftBeforeJoining) as refused:
        verbs.leave(contact=world.sam, left_on=date(2026, 3, 31), by=world.ada, at=MAY)
    assert refused.value.field == "left_on"

    verbs.leave(contact=world.sam, left_on=date(2026, 5, 1), by=world.ada, at=JUNE)
    with pytest.raises(LeftBeforeJoining) as refused:
        verbs.edit(contact=world.sam, joined_on=date(2026, 5, 2), by=world.ada, at=JUNE)
    assert refused.value.field == "joined_on"
