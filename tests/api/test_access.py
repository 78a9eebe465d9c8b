"""Every address for machines × every key: who is answered what. A new address needs its line here."""

import pytest
from django.urls import get_resolver

from arbiter.usage.models import Parcel
from tests.api.test_ingest import CALL, post

STUBS = {"flags", "decide", "array/<str:key>/config", "array/<str:key>/config.js"}
WEBHOOKS = {"v1/webhook/<int:source_id>", "v1/webhook/<str:key>"}
# Each behind a secret of its own: tests/api/mail/test_hook.py.
MAIL = {"api/mail/<str:secret>/<str:news>"}
OTHER = {"^(?:v1|array)/", "^ingest/", "api/v1/rejections", "api/v1/asks", "api/v1/answers"}
OTHER |= MAIL | {"api/v1/feedback"}


def routes():
    """Every route for machines, without its slash."""
    (api,) = (
        entry for entry in get_resolver().url_patterns if getattr(entry, "namespace", None) == "api"
    )
    found = set()
    for entry in api.url_patterns:
        for inner in getattr(entry, "url_patterns", [entry]):
            pattern = str(inner.pattern)
            found.add(pattern if pattern.startswith("^") else pattern.rstrip("/"))
    return found


DOORS = sorted(routes() - STUBS - WEBHOOKS - OTHER)


def test_every_address_for_machines_is_known_here():
    assert routes() >= STUBS | WEBHOOKS | OTHER
    assert len(DOORS) == 19
    assert all(route.startswith(("v1/", "batch", "e", "capture", "i/v0/e")) for route in DOORS)


@pytest.mark.parametrize("route", DOORS)
@pytest.mark.parametrize(
    ("key", "status"), [(None, 401), ("nobody", 401), ("wk_web", 403), ("wk_test", 200)]
)
def test_only_a_key_opens_the_door(server, browser, route, key, status):
    assert post(f"/{route}", CALL, key=key).status_code == status
    assert Parcel.objects.count() == (status == 200)


@pytest.mark.parametrize("route", sorted(STUBS))
def test_stubs_know_nothing_and_ask_nobody(client, db, route):
    path = "/" + route.replace("<str:key>", "anything")

    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 200
