"""Sources with keys that are known, and nothing remembered from the test before."""

import pytest
from django.utils import timezone

from arbiter.foundation import sealing
from arbiter.usage.models import Source
from arbiter.usage.queries import inbox, keys
from arbiter.usage.rules.keys import hash_of


@pytest.fixture(autouse=True)
def _nothing_remembered():
    keys.forget()
    inbox.forget()
    yield
    keys.forget()
    inbox.forget()


def a_source(kind="server", key="wk_test", **more):
    """A source with its key."""
    given = {"name": key, "kind": kind, "key_hash": hash_of(key), "made_at": timezone.now()}
    return Source.objects.create(**given, sealed_key=sealing.seal(key), **more)


@pytest.fixture
def server(world):
    """A product's server, whose key is wk_test."""
    return a_source()


@pytest.fixture
def browser(world):
    """A product's pages at app.example, whose key is wk_web."""
    return a_source("browser", "wk_web", origins=["https://app.example"])


@pytest.fixture
def webhook(world):
    """Segment's webhook destination, whose shared secret is wk_hook."""
    return a_source("webhook", "wk_hook")
