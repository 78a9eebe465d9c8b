"""What is written back for the next test is what was brought about for the first."""

import pytest
from django.core.management import call_command
from django.db import transaction

from arbiter.accounts.models import Contact, Customer
from arbiter.foundation.models import Person
from tests.kept import once
from tests.world import World

BUILT = []


def a_change_of_everything(world):
    """One row more, one row changed, one row gone; and a name in the world for it."""
    BUILT.append(world)
    world.uma.delete()
    Customer.objects.filter(pk=world.quay.pk).update(name="Quayside")
    world.newcomer = Contact.objects.create(customer=world.quay, key="new", name="Nia New")
    return world


def look(world):
    assert once(a_change_of_everything, world) is world
    return (
        world.newcomer == Contact.objects.get(name="Nia New"),
        Customer.objects.get(pk=world.quay.pk).name,
        Contact.objects.filter(name="Uma Urban").exists(),
        world.ada.check_password("pass"),
    )


def test_the_second_time_finds_what_the_first_time_brought_about(world):
    with transaction.atomic():
        first = look(world)
        transaction.set_rollback(True)
    built = len(BUILT)

    assert look(world) == first == (True, "Quayside", False, True)
    assert len(BUILT) == built


@pytest.mark.django_db(transaction=True)
def test_it_is_the_same_where_the_database_is_emptied_in_between(world):
    seen, built = [], []
    for _ in range(2):
        call_command("flush", verbosity=0, interactive=False)
        seen.append(look(once(World)))
        built.append(len(BUILT))

    assert seen == [(True, "Quayside", False, True)] * 2
    assert built[0] == built[1]


def test_what_comes_next_gets_a_key_of_its_own(world):
    look(world)

    later = Contact.objects.create(customer=world.quay, key="later", name="Lea Later")

    assert later.pk > world.newcomer.pk


def test_where_something_else_came_first_it_is_brought_about_anew(world):
    Person.objects.create_person(email="zoe@lighthouse.test", name="Zoe", role="csm")
    before = len(BUILT)

    look(world)

    assert len(BUILT) == before + 1
