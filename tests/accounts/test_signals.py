import pytest

from arbiter.accounts.actions import signals as write
from arbiter.accounts.models import Signal
from arbiter.accounts.permissions import NotAllowed
from arbiter.accounts.queries import signals
from arbiter.foundation.models import Fact
from tests.world import APRIL, JUNE, MARCH, MAY


def measure(customer, name, value, *, at, recorded_at=None):
    return Signal.objects.create(
        customer=customer, name=name, value=value, at=at, recorded_at=recorded_at or at
    )


def test_the_newest_of_each_name_is_read_for_many_customers_at_once(
    world, django_assert_num_queries
):
    measure(world.harbour, "nps", 9, at=MARCH)
    measure(world.harbour, "nps", 3, at=APRIL)
    measure(world.harbour, "logins_30d", 120, at=MARCH)
    measure(world.quay, "nps", 7, at=MARCH)

    with django_assert_num_queries(1):
        found = signals.latest([world.harbour.pk, world.quay.pk], as_of=MAY)

    assert {key: signal.value for key, signal in found.items()} == {
        (world.harbour.pk, "nps"): 3,
        (world.harbour.pk, "logins_30d"): 120,
        (world.quay.pk, "nps"): 7,
    }


def test_only_the_names_asked_for_are_read(world):
    measure(world.harbour, "nps", 9, at=MARCH)
    measure(world.harbour, "logins_30d", 120, at=MARCH)

    found = signals.latest([world.harbour.pk], names=["nps"], as_of=MAY)

    assert set(found) == {(world.harbour.pk, "nps")}


def test_what_was_learnt_later_was_not_known(world):
    measure(world.harbour, "nps", 9, at=MARCH)
    measure(world.harbour, "nps", 2, at=APRIL, recorded_at=JUNE)

    assert signals.latest([world.harbour.pk], as_of=MAY)[world.harbour.pk, "nps"].value == 9
    assert [each.value for each in signals.history(world.harbour, "nps", as_of=MAY)] == [9]
    assert [each.value for each in signals.history(world.harbour, "nps", as_of=JUNE)] == [9, 2]


def test_numbers_are_written_down_when_they_are_news(world):
    first = write.note(
        customer=world.harbour, numbers={"seats": 4, "tickets": 0}, by=world.ada, at=MARCH
    )
    same = write.note(customer=world.harbour, numbers={"seats": 4}, by=world.ada, at=APRIL)
    late = write.note(
        customer=world.harbour, numbers={"seats": 5}, by=world.ada, at=MARCH, recorded_at=JUNE
    )

    told = Signal.objects.order_by("name").values_list("name", "value", "recorded_at")
    assert (first, same, late) == (["seats", "tickets"], [], ["seats"])
    assert list(told) == [("seats", 5, JUNE), ("tickets", 0, MARCH)]
    assert Fact.objects.filter(name="accounts.signals_noted").count() == 2


def test_numbers_of_a_customer_out_of_reach_are_refused(world):
    with pytest.raises(NotAllowed):
        write.note(customer=world.harbour, numbers={"seats": 4}, by=world.quinn, at=MAY)
