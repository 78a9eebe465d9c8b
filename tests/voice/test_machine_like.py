"""Answers that look like a machine's are looked at by a person, who may take in only what was flagged."""

import pytest

from arbiter.accounts.permissions import NotAllowed
from arbiter.voice.actions import answers, machine_like
from arbiter.voice.actions.machine_like import NeverFlagged
from arbiter.voice.queries import machine_like as found
from arbiter.voice.queries.arrivals import Arrival
from tests.facts import last_fact
from tests.world import JUNE, MAY, TODAY


@pytest.fixture
def flagged(world):
    return answers.give(
        contact=world.cleo,
        kind="intent",
        value="no",
        by=world.cleo,
        at=MAY,
        arrival=Arrival(at=MAY, trap="filled"),
    )


def test_it_waits_until_somebody_looks(world, flagged):
    assert list(found.waiting(world.ada, as_of=TODAY)) == [flagged]
    assert not found.waiting(world.quinn, as_of=TODAY)
    assert not found.decided(world.ada, as_of=TODAY)


def test_it_counts_from_then_on_and_the_reason_stays(world, flagged):
    machine_like.count(answer=flagged, by=world.ada, at=JUNE)

    flagged.refresh_from_db()
    assert (flagged.flagged, flagged.reviewed_by, flagged.reviewed_at) == (False, world.ada, JUNE)
    assert flagged.flag_reason
    assert list(found.decided(world.ada, as_of=TODAY)) == [flagged]
    fact = last_fact()
    assert (fact.name, fact.customer_id, fact.details["decision"]) == (
        "voice.answer_reviewed", world.harbour.pk, "counts",
    )  # fmt: skip


def test_it_stays_out_and_that_can_be_turned_round(world, flagged):
    machine_like.count(answer=flagged, by=world.ada, at=JUNE)
    machine_like.leave_out(answer=flagged, by=world.ben, at=TODAY)

    flagged.refresh_from_db()
    assert flagged.flagged
    assert last_fact().details["decision"] == "stays_out"
    assert not found.waiting(world.ada, as_of=TODAY)


def test_an_answer_that_counts_cannot_be_left_out(world):
    honest = answers.give(contact=world.cleo, kind="intent", value="no", by=world.cleo, at=MAY)

    with pytest.raises(NeverFlagged):
        machine_like.leave_out(answer=honest, by=world.ada, at=JUNE)
    honest.refresh_from_db()
    assert not honest.flagged


@pytest.mark.parametrize("who", ["quinn", "otto"])
def test_only_those_who_look_after_the_customer(world, flagged, who):
    with pytest.raises(NotAllowed):
        machine_like.count(answer=flagged, by=getattr(world, who), at=JUNE)
