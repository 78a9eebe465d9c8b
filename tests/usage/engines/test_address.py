"""Settings of an engine, understood or refused at the start."""

import doctest

import pytest
from django.core.exceptions import ImproperlyConfigured

from arbiter.usage.engines import address, choice
from arbiter.usage.engines.cluster import Spark
from arbiter.usage.engines.embedded import Embedded
from arbiter.usage.engines.warehouse import Warehouse


@pytest.mark.parametrize(("said", "kind"), [
    ("embedded", Embedded),
    ("spark://head.example:7077", Spark),
    ("local[2]", Spark),
    ("postgresql://me:secret@host/events", Warehouse),
])  # fmt: skip
def test_the_setting_names_the_engine(settings, said, kind):
    settings.EVENT_ENGINE = said

    assert type(choice.configured()) is kind


@pytest.mark.parametrize("wrong", [
    {"address": "mysql://me:secret@host/events"},
    {"address": "somewhere"},
    {"columns": ["customer_id"]},
    {"columns": ["customer_id="]},
    {"columns": ["customer=account"]},
    {"table": ""},
    {"table": "a.b.c"},
    {"table": 'events"; DROP TABLE events; --'},
])  # fmt: skip
def test_a_setting_that_cannot_be_understood_stops_the_start(wrong):
    right = {"address": "embedded", "table": "analytics.events", "columns": ["day=on"]}
    address.understood(**right)

    with pytest.raises(ImproperlyConfigured, match="EVENT_") as refused:
        address.understood(**right | wrong)

    assert "secret" not in str(refused.value)


def test_what_is_shown_is_so():
    assert doctest.testmod(address).failed == 0
