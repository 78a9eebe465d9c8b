import pytest

from arbiter.accounts.actions import customers as verbs
from arbiter.accounts.actions.customers import (
    AlreadyArchived,
    NameMissing,
    NotArchived,
    OwnParent,
)
from arbiter.accounts.permissions import NotAllowed
from arbiter.accounts.queries import customers
from tests.facts import fact_names, last_fact
from tests.world import JUNE, MAY


def test_a_customer_is_added_and_the_journal_knows_by_whom(world):
    harbour_east = verbs.add(
        name=" Harbour East ", parent=world.harbour, owner=world.ada, by=world.ada, at=MAY
    )

    assert harbour_east.name == "Harbour East"
    assert list(world.harbour.children.all()) == [harbour_east]
    fact = last_fact()
    assert (fact.name, fact.customer_id) == ("accounts.customer_added", harbour_east.pk)
    assert (fact.by_kind, fact.by_id, fact.at) == ("person", world.ada.pk, MAY)


def test_a_customer_has_a_name_and_someone_who_may_add_it(world):
    with pytest.raises(NameMissing) as refused:
        verbs.add(name="  ", by=world.ada, at=MAY)
    assert refused.value.field == "name"

    with pytest.raises(NotAllowed):
        verbs.add(name="Pier", by=world.otto, at=MAY)


def test_an_edit_writes_what_differs_and_names_the_fields_but_never_the_words(world):
    verbs.edit(
        customer=world.harbour, name="Harbour", segment="Ports", stage="value", by=world.ada, at=MAY
    )

    world.harbour.refresh_from_db()
    assert (world.harbour.segment, world.harbour.stage) == ("Ports", "value")
    assert last_fact().details == {"fields": ["segment", "stage"]}


def test_an_edit_that_names_another_owner_is_two_facts(world):
    verbs.edit(customer=world.harbour, owner=world.ben, segment="Ports", by=world.ada, at=MAY)

    assert world.harbour.owner == world.ben
    assert fact_names() == ["accounts.customer_assigned", "accounts.customer_edited"]


def test_an_edit_without_a_difference_leaves_no_trace(world):
    verbs.edit(customer=world.harbour, name="Harbour", by=world.ada, at=MAY)

    assert fact_names() == []


def test_an_edit_is_refused_where_it_makes_no_sense(world):
    with pytest.raises(NameMissing):
        verbs.edit(customer=world.harbour, name="", by=world.ada, at=MAY)
    with pytest.raises(OwnParent):
        verbs.edit(customer=world.harbour, parent=world.harbour, by=world.ada, at=MAY)
    east = verbs.add(name="Harbour East", parent=world.harbour, by=world.ada, at=MAY)
    with pytest.raises(OwnParent):
        verbs.edit(customer=world.harbour, parent=east, by=world.ada, at=MAY)
    with pytest.raises(NotAllowed):
        verbs.edit(customer=world.harbour, name="Haven", by=world.quinn, at=MAY)
    with pytest.raises(TypeError, match="archived_at"):
        verbs.edit(customer=world.harbour, archived_at=MAY, by=world.ada, at=MAY)


def test_a_customer_is_given_to_another_colleague(world):
    verbs.assign(customer=world.harbour, owner=world.ben, by=world.mona, at=MAY)

    assert last_fact().details == {"owner": world.ben.pk, "before": world.ada.pk}
    assert list(customers.owned_by(world.ben)) == [world.harbour]

    verbs.assign(customer=world.harbour, owner=world.ben, by=world.mona, at=JUNE)

    assert fact_names() == ["accounts.customer_assigned"]


def test_why_they_bought_and_what_was_promised_is_handed_off_without_words_in_the_journal(world):
    said = {
        "why_bought": "Crews took six weeks to work alone",
        "promised_value": "Two weeks",
        "promised_by": "Paul of sales",
        "promise_quote": "You will be there by summer",
        "promise_source": "Call of 12 September",
    }
    verbs.hand_off(customer=world.harbour, by=world.ada, at=MAY, **said)

    world.harbour.refresh_from_db()
    assert {name: getattr(world.harbour, name) for name in said} == said
    assert last_fact().details == {"fields": sorted(said)}

    verbs.hand_off(customer=world.harbour, by=world.ada, at=JUNE, **said)

    assert fact_names() == ["accounts.customer_handed_off"]


def test_a_customer_is_put_aside_and_brought_back(world):
    verbs.archive(customer=world.harbour, by=world.ada, at=MAY)
    with pytest.raises(AlreadyArchived):
        verbs.archive(customer=world.harbour, by=world.ada, at=MAY)
    assert not customers.owned_by(world.ada).exists()

    verbs.restore(customer=world.harbour, by=world.ada, at=JUNE)
    with pytest.raises(NotArchived):
        verbs.restore(customer=world.harbour, by=world.ada, at=JUNE)

    assert list(customers.owned_by(world.ada)) == [world.harbour]
    assert fact_names() == ["accounts.customer_archived", "accounts.customer_restored"]


@pytest.mark.parametrize("words", ["harb", "HARBOUR", "Cleo", "uma@harbour"])
def test_a_customer_is_found_by_its_name_or_by_its_people(world, words):
    assert [found.key for found in customers.search(world.ada, words)] == ["harbour"]


def test_a_search_stays_behind_the_door_and_leaves_archived_customers_out(world):
    assert not customers.search(world.ada, "quay")

    verbs.archive(customer=world.harbour, by=world.ada, at=MAY)

    assert not customers.search(world.ada, "harbour")


def test_a_customer_is_known_by_its_users_own_id(world):
    assert customers.by_key("quay") == world.quay
    assert customers.by_key("pier") is None


def test_an_observer_owns_no_customer(world):
    assert world.otto not in customers.colleagues_who_may_own()
    assert world.ada in customers.colleagues_who_may_own()


def test_the_words_in_use_are_offered_again(world):
    assert customers.words_in_use("stage") == ["adoption"]
    assert customers.words_in_use("segment") == []
