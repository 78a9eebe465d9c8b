"""Last rejected: which reasons a source's key may read."""

from datetime import timedelta

import pytest

from arbiter.usage.models import Rejection
from tests.api.conftest import a_source
from tests.api.test_ingest import basic, code_of
from tests.world import TODAY

URL = "/api/v1/rejections"


def rejection(source, number):
    at = TODAY + timedelta(minutes=number)
    return Rejection.objects.create(
        source=source, code="no_id", message=f"Reason {number}.", sample="{}", times=number,
        first_at=TODAY, last_at=at,
    )  # fmt: skip


def test_a_servers_key_reads_its_own_the_newest_first(client, server, world):
    rejection(server, 1), rejection(server, 2), rejection(a_source(key="wk_other"), 3)

    told = client.get(URL, HTTP_AUTHORIZATION="Bearer wk_test").json()

    assert told["before"] is None
    assert [(one["code"], one["count"]) for one in told["rejections"]] == [
        ("no_id", 2),
        ("no_id", 1),
    ]
    assert told["rejections"][0] == {
        "code": "no_id",
        "message": "Reason 2.",
        "count": 2,
        "first_at": TODAY.isoformat(),
        "last_at": (TODAY + timedelta(minutes=2)).isoformat(),
        "sample": "{}",
    }


def test_a_long_list_is_read_in_parts(client, server):
    for number in range(1, 103):
        rejection(server, number)

    first = client.get(URL, HTTP_AUTHORIZATION=basic("wk_test")).json()
    rest = client.get(
        URL + "?before=" + first["before"], HTTP_AUTHORIZATION=basic("wk_test")
    ).json()

    assert [len(first["rejections"]), len(rest["rejections"]), rest["before"]] == [100, 2, None]


@pytest.mark.parametrize("before", ["x", "2026-01-01,1", "2026-01-01T00:00Z,x"])
def test_a_place_that_is_none_is_refused(client, server, before):
    reply = client.get(URL, {"before": before}, HTTP_AUTHORIZATION="Bearer wk_test")

    assert code_of(reply) == (400, "wrong_before")


def test_nobody_else_reads(client, browser, webhook):
    def ask(**headers):
        return code_of(client.get(URL, **headers))

    assert ask() == (401, "invalid_write_key")
    assert ask(HTTP_AUTHORIZATION="Bearer nobody") == (401, "invalid_write_key")
    assert ask(HTTP_AUTHORIZATION="Bearer wk_web") == (403, "not_a_server_key")
    assert ask(HTTP_AUTHORIZATION="Bearer wk_hook") == (403, "not_a_server_key")


def test_it_is_read_and_not_written(client, server):
    assert code_of(client.post(URL, HTTP_AUTHORIZATION="Bearer wk_test")) == (405, "not_get")
