"""What happens is in the journal: a verb that writes no line would be a change nobody can trace."""

import pytest

from tests.verbs import verbs

# Verbs that write no line, each with its reason.
SILENT: dict[str, str] = {}


@pytest.fixture
def watched(request):
    """What this run has heard so far; only a run with all tests of a capability can tell."""
    found = request.config.pluginmanager.get_plugin("verbs")
    if not found.complete:
        pytest.skip("no capability has all its tests in this run")
    return found


def test_every_verb_writes_in_the_journal(watched):
    known = {verb for capability in watched.complete for verb in verbs(capability)}

    unheard = known - watched.heard - SILENT.keys()

    assert not unheard, f"called by no test of theirs, or silent: {sorted(unheard)}"
    assert not SILENT.keys() & watched.heard, "listed as silent, but heard"


def test_a_verb_listed_as_silent_exists_and_says_why():
    known = {verb for name in SILENT for verb in verbs(name.split(".")[0])}

    assert SILENT.keys() <= known
    assert all(SILENT.values())
