"""What tests of the portal share: a link in somebody's hand, and a look at everything that is stored."""

import pytest
from django.apps import apps

from arbiter.voice.actions import links
from tests.world import JUNE


@pytest.fixture
def link_of(world):
    """Make a contact's link and return where it leads: `link_of(world.cleo)` → `/p/…/`."""

    def make(contact, at=JUNE, by=None):
        _, token = links.make(contact=contact, by=by or world.olga, at=at)
        return f"/p/{token}/"

    return make


@pytest.fixture
def everything():
    """Every row of every table, to see that nothing was recorded."""

    def look():
        return {
            model._meta.label: sorted(map(repr, model.objects.values_list()))
            for model in apps.get_models()
        }

    return look
