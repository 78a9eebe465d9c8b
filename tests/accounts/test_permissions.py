import pytest

from arbiter.accounts import permissions
from arbiter.accounts.permissions import NotAllowed
from arbiter.accounts.queries import contacts, contracts, customers
from arbiter.foundation.models import Person
from arbiter.foundation.roles import Permission

EVERYONE = ("olga", "abe", "mona", "ada", "ben", "otto", "quinn")


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("olga", {"harbour", "quay"}),
        ("abe", {"harbour", "quay"}),
        ("mona", {"harbour", "quay"}),
        ("otto", {"harbour", "quay"}),
        ("ada", {"harbour"}),
        ("ben", {"harbour"}),
        ("quinn", {"quay"}),
    ],
)
def test_the_door_opens_on_own_and_team_customers_or_on_all(world, who, sees):
    person = getattr(world, who)

    assert {customer.key for customer in customers.visible_to(person)} == sees
    assert {contact.customer.key for contact in contacts.visible_to(person)} == sees
    assert {contract.customer.key for contract in contracts.visible_to(person)} == sees


def test_a_customer_nobody_owns_is_everyones(world):
    world.harbour.owner = None
    world.harbour.save()

    for who in EVERYONE:
        assert customers.visible_to(getattr(world, who)).filter(key="harbour").exists()


def test_without_a_team_a_csm_sees_their_own_alone(world):
    world.ben.team = None
    world.ben.save()

    assert not customers.visible_to(world.ben).exists()
    assert not permissions.may_see(world.ben, world.harbour)


def test_one_who_is_no_longer_active_sees_nothing(world):
    world.ada.is_active = False

    assert not customers.visible_to(world.ada).exists()
    assert not permissions.may_see(world.ada, world.harbour)


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("owned", [True, False])
def test_the_question_for_one_customer_agrees_with_the_door(world, who, owned):
    person = getattr(world, who)
    if not owned:
        world.quay.owner = None
        world.quay.save()

    for customer in (world.harbour, world.quay):
        seen = customers.visible_to(person).filter(pk=customer.pk).exists()
        assert permissions.may_see(person, customer) is seen


@pytest.mark.parametrize(
    "question",
    [
        permissions.may_edit,
        permissions.may_ask,
        permissions.may_log_beliefs,
        permissions.may_record_on_behalf,
    ],
)
def test_to_act_takes_the_right_and_the_reach(world, question):
    assert question(world.ada, world.harbour)
    assert question(world.mona, world.quay)
    assert not question(world.ada, world.quay)
    assert not question(world.otto, world.harbour)


def test_the_last_line_refuses_with_a_reason(world):
    with pytest.raises(NotAllowed, match="Your role may not change customers"):
        permissions.demand(world.otto, Permission.EDIT_CUSTOMERS, world.harbour)
    with pytest.raises(NotAllowed, match="looked after by another team"):
        permissions.demand(world.quinn, Permission.EDIT_CUSTOMERS, world.harbour)


def test_jobs_may_act_on_every_customer(world):
    system = Person.objects.system()

    permissions.demand(system, Permission.EDIT_CUSTOMERS, world.harbour)
    assert customers.visible_to(system).count() == 2


def test_a_contact_acts_at_their_own_customer_while_they_are_there(world):
    permissions.demand(world.cleo, Permission.EDIT_CUSTOMERS, world.harbour)

    with pytest.raises(NotAllowed, match="does not belong to Harbour"):
        permissions.demand(world.dov, Permission.EDIT_CUSTOMERS, world.harbour)

    world.cleo.left_on = "2026-05-01"
    with pytest.raises(NotAllowed):
        permissions.demand(world.cleo, Permission.EDIT_CUSTOMERS, world.harbour)
