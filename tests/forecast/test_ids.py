"""Many ids reach the database in one parameter and find the same rows."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from arbiter.accounts.models import Contract, Customer
from arbiter.forecast.queries.ids import Ids
from tests.forecast.test_forecasts import crowd


def test_ids_are_a_sequence_like_any_other():
    ids = Ids([5, 3, 8])

    assert (list(ids), len(ids), ids[0], list(ids[1:])) == ([5, 3, 8], 3, 5, [3, 8])
    assert 3 in ids
    assert 4 not in ids


def test_they_find_the_rows_that_a_list_finds(world):
    some = crowd(5)[1:3]

    found = Customer.objects.filter(pk__in=Ids(some)).order_by("pk")
    others = Customer.objects.exclude(pk__in=Ids(some))
    behind = Contract.objects.filter(customer__in=Ids(some)).values_list("customer", flat=True)

    assert [customer.pk for customer in found] == some
    assert not set(others.values_list("pk", flat=True)) & set(some)
    assert sorted(behind) == some


def test_no_ids_find_nothing(world):
    assert not Customer.objects.filter(pk__in=Ids([])).exists()


def test_however_many_they_are_one_parameter(db):
    with CaptureQueriesContext(connection) as caught:
        assert list(Customer.objects.filter(pk__in=Ids(range(100_000)))) == []

    assert len(caught) == 1
