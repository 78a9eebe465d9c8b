"""What tests of the workspace share: a look at everything that is stored."""

import pytest
from django.apps import apps


@pytest.fixture
def everything_but_sessions(db):
    """Every row of every table but the sessions, to see that nothing was recorded."""

    def look():
        kept = [model for model in apps.get_models() if model._meta.label != "sessions.Session"]
        return {model._meta.label: sorted(map(repr, model.objects.values_list())) for model in kept}

    return look
