"""What every test may ask for: the cast, and a database whose guards give way only to being emptied."""

import shutil
from datetime import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management.commands import flush
from django.core.management.sql import sql_flush
from django.db import connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils import timezone
from hypothesis import settings as hypothesis_settings

from arbiter.foundation import guards
from arbiter.outcomes.models import Category
from tests.browser import chromium, open_page, signed_in
from tests.kept import once
from tests.verbs import VerbsHeard
from tests.world import TODAY, World

__all__ = ["chromium", "open_page", "signed_in"]

# A slow machine is no finding: an example that takes long fails nothing. Every run tries the same examples, so that red
# tells of the change; `--hypothesis-profile=exploring` looks further.
hypothesis_settings.register_profile("arbiter", deadline=None, derandomize=True)
hypothesis_settings.register_profile("exploring", deadline=None, max_examples=500)
hypothesis_settings.load_profile("arbiter")

_flush = BaseDatabaseOperations.execute_sql_flush


def pytest_configure(config):
    """Have the run remember which verbs the journal hears of (see `tests/verbs.py`)."""
    config.pluginmanager.register(VerbsHeard(), "verbs")


def _flush_without_guards(self, sql_list):
    """The journal refuses to be emptied, which is right, and which a transactional test must get round."""
    guards.remove(connections[self.connection.alias])
    return _flush(self, sql_list)


def _counting_from_one(style, connection, **how):
    """Let what is stored after the emptying have the keys it had before: `tests/kept.py` writes it back by key."""
    return sql_flush(style, connection, **how | {"reset_sequences": True})


@pytest.fixture(scope="session", autouse=True)
def _flushable():
    BaseDatabaseOperations.execute_sql_flush = _flush_without_guards
    flush.sql_flush = _counting_from_one
    yield
    flush.sql_flush = sql_flush
    BaseDatabaseOperations.execute_sql_flush = _flush


@receiver(post_migrate)
def _usual_categories(sender, **kwargs):
    """Emptying the database takes what a migration put there; a real one is never emptied."""
    if sender.label == "outcomes" and not Category.objects.exists():
        import_module("arbiter.outcomes.migrations.0002_usual_categories").add(apps, None)


@pytest.fixture(autouse=True)
def _no_files_of_another_test():
    """Keys count from one in every test, and files of an import are found by its key."""
    yield
    shutil.rmtree(settings.DATA_DIR / "imports", ignore_errors=True)


@pytest.fixture(autouse=True)
def _no_events_of_another_test():
    """The log of events lies beside the database, and is not rolled back with it."""
    yield
    shutil.rmtree(settings.EVENT_LOG, ignore_errors=True)


class Clock:
    """The time that faces and jobs read while a test runs; `set` moves it."""

    def __init__(self) -> None:
        self.now = TODAY

    def set(self, moment: datetime) -> None:
        """Let it be another moment from here on."""
        self.now = moment


@pytest.fixture
def clock(monkeypatch):
    """Stop the clock on TODAY of the world, so that no test depends on the day it runs."""
    stopped = Clock()
    monkeypatch.setattr(timezone, "now", lambda: stopped.now)
    return stopped


@pytest.fixture
def world(db, clock):
    """The cast (see `tests/world.py`), on a day in June 2026."""
    return once(World)
