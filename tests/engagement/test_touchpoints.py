import pytest

from arbiter.accounts.permissions import NotAllowed
from arbiter.engagement.actions import touchpoints as verbs
from arbiter.engagement.actions.touchpoints import FromElsewhere, TouchpointInFuture
from arbiter.engagement.queries import touchpoints
from tests.facts import fact_names, last_fact
from tests.world import APRIL, JUNE, MARCH, MAY


def log(world, kind="call", *, at=MAY, by=None, **more):
    return verbs.log(customer=world.harbour, kind=kind, by=by or world.ada, at=at, **more)


def test_a_touchpoint_is_logged_with_those_who_took_part_and_no_word_in_the_journal(world):
    call = log(
        world,
        contacts=[world.dora, world.cleo],
        value_conversation=True,
        summary=" Talked about crews. ",
    )

    assert set(call.contacts.all()) == {world.cleo, world.dora}
    assert call.summary == "Talked about crews."
    assert last_fact().name == "engagement.touchpoint_logged"
    assert last_fact().details == {
        "contacts": [world.cleo.pk, world.dora.pk],
        "kind": "call",
        "value_conversation": True,
    }


def test_what_is_yet_to_come_or_with_others_is_not_logged(world):
    with pytest.raises(TouchpointInFuture):
        log(world, at=JUNE, recorded_at=MAY)
    with pytest.raises(FromElsewhere):
        log(world, contacts=[world.dov])
    with pytest.raises(NotAllowed):
        log(world, by=world.otto)


def test_the_newest_come_first_as_they_were_known(world, django_assert_num_queries):
    first = log(world, at=MARCH, contacts=[world.cleo])
    second = log(world, "mail", at=MAY, contacts=[world.dora])
    log(world, "note", at=APRIL, recorded_at=JUNE)

    with django_assert_num_queries(2):
        found = list(touchpoints.of(world.harbour, as_of=MAY))

    assert found == [second, first]
    assert touchpoints.visible_to(world.ben).earliest("at") == first
    assert not touchpoints.visible_to(world.quinn)


def test_when_value_was_last_talked_about_is_read_for_many_at_once(
    world, django_assert_num_queries
):
    log(world, at=MARCH, value_conversation=True)
    log(world, at=APRIL)
    log(world, "note", at=MAY)
    ids = [world.harbour.pk, world.quay.pk]

    with django_assert_num_queries(1):
        value = touchpoints.last_value_conversation(ids, as_of=JUNE)
    with django_assert_num_queries(1):
        talk = touchpoints.last_contact(ids, as_of=JUNE)

    assert value == {world.harbour.pk: MARCH}
    assert talk == {world.harbour.pk: APRIL}


def test_what_was_logged_wrongly_is_removed_and_the_journal_keeps_both(world):
    call = log(world)
    with pytest.raises(NotAllowed):
        verbs.remove(touchpoint=call, by=world.quinn, at=JUNE)

    verbs.remove(touchpoint=call, by=world.ada, at=JUNE)

    assert not touchpoints.of(world.harbour, as_of=JUNE)
    assert fact_names() == ["engagement.touchpoint_logged", "engagement.touchpoint_removed"]
