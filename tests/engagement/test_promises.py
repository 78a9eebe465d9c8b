"""What we promised: noted, due, kept or broken."""

from datetime import date

import pytest

from arbiter.accounts.permissions import NotAllowed
from arbiter.engagement.actions import promises
from arbiter.engagement.queries import promises as found
from arbiter.engagement.queries.promises import Kept
from tests.facts import fact_names, last_fact
from tests.world import JULY, JUNE, MAY

BY_JUNE = date(2026, 6, 15)


def promise(world, text="A training day", *, by=None, at=MAY, due_on=BY_JUNE, **more):
    return promises.make(
        customer=world.harbour, text=text, by=by or world.ada, at=at, due_on=due_on, **more
    )


def test_a_promise_is_noted_with_its_day_and_to_whom(world):
    made = promise(world, " A training day ", contact=world.cleo, feedback_key="f-1")

    assert (made.text, made.promised_by, made.contact) == ("A training day", world.ada, world.cleo)
    assert list(found.of(world.harbour)) == [made]
    assert list(found.about_feedback("f-1")) == [made]
    fact = last_fact()
    assert (fact.name, fact.customer_id) == ("engagement.promise_made", world.harbour.pk)
    assert "training" not in fact.data


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"text": " "}, promises.NothingPromised),
        ({"due_on": date(2026, 4, 30)}, promises.DueBeforePromised),
    ],
)
def test_it_needs_words_and_a_day_to_come(world, wrong, refusal):
    with pytest.raises(refusal):
        promise(world, **wrong)


def test_it_is_promised_to_their_own_people(world):
    with pytest.raises(promises.PromisedElsewhere, match="Dov Dahl is not at Harbour"):
        promise(world, contact=world.dov)


def test_it_is_kept_once_and_may_be_opened_again(world):
    made = promise(world)
    promises.keep(promise=made, by=world.ben, at=JUNE)
    with pytest.raises(promises.AlreadySettled, match="was kept before"):
        promises.break_(promise=made, by=world.ada, at=JUNE)

    promises.reopen(promise=made, by=world.ada, at=JUNE)
    with pytest.raises(promises.StillOpen):
        promises.reopen(promise=made, by=world.ada, at=JUNE)
    promises.break_(promise=made, by=world.ada, at=JUNE)

    assert (made.kept_at, made.broken_at) == (None, JUNE)
    assert fact_names()[-3:] == [f"engagement.promise_{what}" for what in ("kept", "reopened", "broken")]  # fmt: skip
    with pytest.raises(promises.AlreadySettled, match="was broken before"):
        promises.keep(promise=made, by=world.ada, at=JUNE)


def test_what_was_noted_is_put_right_while_it_is_open(world):
    made = promise(world)

    promises.edit(promise=made, text="Two days", due_on=date(2026, 7, 1), by=world.ada, at=JUNE)

    made.refresh_from_db()
    assert (made.text, made.due_on) == ("Two days", date(2026, 7, 1))
    assert last_fact().name == "engagement.promise_edited"
    with pytest.raises(promises.DueBeforePromised):
        promises.edit(promise=made, text="x", due_on=date(2026, 1, 1), by=world.ada, at=JUNE)


@pytest.mark.parametrize("who", ["quinn", "otto"])
def test_only_those_who_look_after_the_customer(world, who):
    made, by = promise(world), getattr(world, who)

    for attempt in (
        lambda: promise(world, by=by),
        lambda: promises.edit(promise=made, text="x", due_on=None, by=by, at=JUNE),
        lambda: promises.keep(promise=made, by=by, at=JUNE),
        lambda: promises.break_(promise=made, by=by, at=JUNE),
        lambda: promises.reopen(promise=made, by=by, at=JUNE),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert (made in found.visible_to(by)) == (who == "otto")


def test_open_ones_come_by_their_day_and_settled_ones_after(world):
    someday = promise(world, "Someday", due_on=None)
    first = promise(world, "First", due_on=date(2026, 5, 20))
    late = promise(world, "Late")
    broken = promise(world, "Broken")
    promises.keep(promise=late, by=world.ada, at=JULY)
    promises.break_(promise=broken, by=world.ada, at=JUNE)
    seen = found.visible_to(world.ada)

    assert list(found.open_first_due(seen)) == [first, someday]
    assert list(found.settled(seen)) == [broken, late]
    assert found.kept(seen, as_of=JUNE) == Kept(open=2, overdue=1, in_time=0, late=1, broken=1)
    assert list(found.became_overdue(since=date(2026, 5, 20), until=date(2026, 5, 21))) == [first]
    assert not found.became_overdue(since=date(2026, 5, 21), until=date(2026, 6, 30)).exists()
