"""What changed in a day, told to whoever ordered it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from arbiter.accounts.actions import contacts, customers
from arbiter.engagement.actions import digests, promises
from arbiter.engagement.queries import digests as found
from arbiter.engagement.queries.choices import Kind
from arbiter.engagement.rules.digest import last_hour, turned
from arbiter.foundation import sealing
from arbiter.foundation.permissions import NotAllowed
from arbiter.outcomes.actions import verdicts
from arbiter.outcomes.models import Awareness, Revision
from arbiter.voice.actions import answers
from arbiter.voice.rules import Arrival
from tests.facts import last_fact
from tests.world import JUNE, MAY

YESTERDAY = JUNE - timedelta(days=1)
HOOK = "https://hooks.slack.test/services/T0/B0/secret"


def say(contact, value, at=JUNE, **more):
    return answers.give(contact=contact, kind="intent", value=value, by=contact, at=at, **more)


def changes(since=YESTERDAY, until=JUNE):
    return [(each.kind, each.customer, each.text) for each in found.changes(since, until)]


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        ("", "no", Kind.NO),
        ("yes", "not_sure", Kind.NOT_SURE),
        ("no", "not_sure", Kind.NOT_SURE),
        ("not_sure", "yes", Kind.YES),
        ("no", "yes", Kind.YES),
        ("", "yes", None),
    ],
)
def test_a_turn_is_news_but_a_first_yes_is_not(before, now, kind):
    assert turned(now, before) == kind


def test_a_drop_to_not_sure_is_told_once(world):
    say(world.dora, "yes", at=MAY)
    answer = say(world.dora, "not_sure")

    (change,) = found.changes(YESTERDAY, JUNE)
    assert (change.kind, change.answer_id) == (Kind.NOT_SURE, answer.pk)
    assert change.text == "Dora Diaz says not sure; before it was yes."
    assert changes(JUNE, JUNE + timedelta(days=1)) == []


def test_the_last_word_of_a_day_counts_and_the_same_again_is_no_news(world):
    say(world.dora, "not_sure", at=MAY)
    say(world.dora, "no", at=JUNE - timedelta(hours=2))
    say(world.dora, "not_sure")
    say(world.cleo, "no")

    assert changes() == [(Kind.NO, "Harbour", "Cleo Castro says no; before it was nothing.")]


def test_machines_and_history_are_no_news(world):
    say(world.dora, "no", arrival=Arrival(at=JUNE, trap="x"))
    say(world.cleo, "no", at=MAY, recorded_at=JUNE)
    contacts.leave(contact=world.sam, left_on=date(2026, 1, 5), by=world.ada, at=JUNE)

    assert changes() == []


def test_a_new_dispute_is_told_and_the_same_again_is_not(world):
    verdicts.give(goal=world.faster_onboarding, contact=world.cleo, verdict="not", by=world.cleo, at=JUNE)  # fmt: skip
    Awareness.objects.create(
        goal=world.lower_support_cost, contact=world.dora, state="disputed", at=JUNE, recorded_at=JUNE
    )  # fmt: skip

    told = changes()
    assert [kind for kind, *_ in told] == [Kind.DISPUTE, Kind.DISPUTE]
    assert any("Cleo Castro says no to “New crews" in text for _, _, text in told)
    later = JUNE + timedelta(days=1)
    verdicts.give(goal=world.faster_onboarding, contact=world.cleo, verdict="not", by=world.cleo, at=later)  # fmt: skip
    assert changes(JUNE, later) == []


def test_a_sponsor_who_left_is_missed_but_a_user_and_who_came_back_are_not(world):
    for contact in (world.sam, world.uma, world.dora):
        contacts.leave(contact=contact, left_on=JUNE.date(), by=world.ada, at=JUNE)
    contacts.come_back(contact=world.dora, by=world.ada, at=JUNE)

    assert changes() == [(Kind.LEFT, "Harbour", "Sam Silva, sponsor, left on 1 June.")]


def test_a_promise_is_overdue_the_day_after(world):
    promises.make(customer=world.harbour, text="A day", by=world.ada, at=MAY, due_on=YESTERDAY.date())  # fmt: skip

    assert changes() == [(Kind.OVERDUE, "Harbour", "Promised by 31 May: A day")]
    assert changes(JUNE, JUNE + timedelta(days=1)) == []


def test_a_goal_goes_stale_by_a_year_or_by_another_stage(world):
    Revision.objects.filter(goal=world.faster_onboarding).update(stage="adoption")
    goal = world.faster_onboarding
    agreed = goal.at
    year = agreed + timedelta(days=365)
    customers.edit(customer=world.harbour, by=world.ada, at=JUNE, stage="renewal")

    assert changes() == [
        (Kind.STALE, "Harbour", f"“{goal.statement}”: they are in another stage now.")
    ]
    aged = changes(year - timedelta(hours=1), year + timedelta(hours=1))
    assert {text.split("”: ")[1] for _, _, text in aged} == {"a year went by."}
    assert len(aged) == 3
    assert changes(year + timedelta(days=1), year + timedelta(days=2)) == []


def test_a_customer_in_the_archive_has_no_news(world):
    customers.archive(customer=world.harbour, by=world.ada, at=MAY)
    promises.make(customer=world.harbour, text="x", by=world.ada, at=MAY, due_on=YESTERDAY.date())

    assert changes() == []


def test_a_reader_hears_of_the_customers_within_reach(world):
    say(world.dora, "no")
    say(world.dov, "not_sure")
    everything = found.changes(YESTERDAY, JUNE)

    assert [each.customer for each in found.within_reach(everything, world.ada)] == ["Harbour"]
    assert [each.customer for each in found.within_reach(everything, world.quinn)] == ["Quay"]
    assert len(found.within_reach(everything, None)) == 2


@pytest.mark.parametrize(
    ("at", "zone", "expected"),
    [
        (datetime(2026, 6, 1, 17, 0, tzinfo=UTC), "UTC", datetime(2026, 6, 1, 17, tzinfo=UTC)),
        (datetime(2026, 6, 1, 16, 59, tzinfo=UTC), "UTC", datetime(2026, 5, 31, 17, tzinfo=UTC)),
        (datetime(2026, 6, 1, 15, 0, tzinfo=UTC), "Europe/Berlin", datetime(2026, 6, 1, 15, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_the_hour_is_that_of_the_company(at, zone, expected):
    assert last_hour(at, hour=17, zone=zone) == expected


def test_one_orders_ones_own_mail_and_the_hour_may_change(world):
    order = digests.order_mail(by=world.ada, hour=8, at=MAY)
    assert digests.order_mail(by=world.ada, hour=18, at=MAY) == order
    assert last_fact().name == "engagement.digest_ordered"

    assert found.of_person(world.ada).hour == 18
    assert found.of_person(world.ben) is None
    digests.stop(order=order, by=world.ada, at=JUNE)
    assert found.of_person(world.ada) is None
    with pytest.raises(digests.AlreadyStopped):
        digests.stop(order=order, by=world.ada, at=JUNE)
    with pytest.raises(digests.NoSuchHour):
        digests.order_mail(by=world.ada, hour=24, at=MAY)


def order_channel(world, by=None, **more):
    told = {"kind": "slack", "name": "#customers", "address": HOOK, "hour": 17}
    return digests.order_channel(**told | more, by=by or world.abe, at=MAY)


def test_a_channel_is_ordered_by_whoever_manages_settings_and_its_address_is_sealed(world):
    order = order_channel(world)

    assert "secret" not in order.sealed_address
    assert sealing.unseal(order.sealed_address) == HOOK
    assert "secret" not in last_fact().data
    assert list(found.channels()) == [order]
    with pytest.raises(NotAllowed):
        order_channel(world, by=world.ada)
    with pytest.raises(NotAllowed):
        digests.stop(order=order, by=world.ada, at=JUNE)
    assert digests.stop(order=order, by=world.abe, at=JUNE).stopped_at == JUNE


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"kind": "pager"}, digests.NoSuchChannel),
        ({"address": "http://hooks.slack.test/x"}, digests.NotAnAddress),
        ({"address": "hooks"}, digests.NotAnAddress),
        ({"hour": -1}, digests.NoSuchHour),
    ],
)
def test_a_channel_has_an_encrypted_address_and_an_hour(world, wrong, refusal):
    with pytest.raises(refusal):
        order_channel(world, **wrong)


def test_it_is_due_at_its_hour_and_claimed_by_one(world):
    order = digests.order_mail(by=world.ada, hour=17, at=JUNE)
    evening = JUNE.replace(hour=17, minute=1)

    assert found.due(JUNE.replace(hour=16)) == []
    assert found.due(evening) == [order]
    assert digests.claim(order=order, until=evening)
    assert not digests.claim(order=order, until=evening + timedelta(minutes=1))
    assert found.due(evening) == []
    digests.give_back(order=order, until=evening, trouble="Refused.", again=True)
    assert [each.trouble for each in found.due(evening)] == ["Refused."]
