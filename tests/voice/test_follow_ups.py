"""Each not sure has an owner and a date."""

from datetime import date, timedelta

import pytest

from arbiter.accounts.permissions import NotAllowed
from arbiter.voice.actions import answers, follow_ups
from arbiter.voice.models import FollowUp
from arbiter.voice.queries import follow_ups as found
from tests.facts import last_fact
from tests.world import JULY, JUNE


@pytest.fixture
def not_sure(world):
    return answers.give(contact=world.cleo, kind="intent", value="not_sure", by=world.cleo, at=JUNE)


def set_(answer, world, by=None, owner=None, due_on=date(2026, 6, 20), at=JUNE):
    return follow_ups.set(
        answer=answer, owner=owner or world.ben, due_on=due_on, by=by or world.ada, at=at
    )


def test_somebody_works_on_it_by_a_date(world, not_sure):
    follow_up = set_(not_sure, world)

    assert found.open([world.harbour.pk, world.quay.pk], as_of=JUNE) == {
        world.harbour.pk: [follow_up]
    }
    assert last_fact().details == {
        "contact": world.cleo.pk,
        "answer": not_sure.pk,
        "owner": world.ben.pk,
        "due_on": "2026-06-20",
    }


def test_a_later_one_follows_and_the_first_is_kept(world, not_sure):
    set_(not_sure, world)
    later = set_(not_sure, world, owner=world.ada, at=JUNE + timedelta(days=1))

    assert found.open([world.harbour.pk], as_of=JULY)[world.harbour.pk] == [later]
    assert FollowUp.objects.count() == 2


def test_it_is_closed_once(world, not_sure):
    follow_up = set_(not_sure, world)
    follow_ups.close(follow_up=follow_up, by=world.ben, at=JUNE + timedelta(days=3))

    assert found.open([world.harbour.pk], as_of=JULY) == {}
    assert found.open([world.harbour.pk], as_of=JUNE)[world.harbour.pk] == [follow_up]
    with pytest.raises(follow_ups.AlreadyClosed):
        follow_ups.close(follow_up=follow_up, by=world.ben, at=JULY)


def test_it_is_due_today_or_later(world, not_sure):
    with pytest.raises(follow_ups.DueInThePast):
        set_(not_sure, world, due_on=date(2026, 5, 31))


def test_only_those_who_look_after_the_customer(world, not_sure):
    with pytest.raises(NotAllowed):
        set_(not_sure, world, by=world.quinn)
    follow_up = set_(not_sure, world)
    with pytest.raises(NotAllowed):
        follow_ups.close(follow_up=follow_up, by=world.otto, at=JUNE)
    assert not found.visible_to(world.quinn).exists()
    assert found.visible_to(world.ben).get() == follow_up
