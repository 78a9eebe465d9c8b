"""What happens is in the journal: a verb that writes no line would be a change nobody can trace."""

import pytest

from tests.verbs import SILENT, verbs


@pytest.fixture
def watched(request):
    """What this run has heard so far; only a run with all tests of a capability can tell."""
    if hasattr(request.config, "workeroutput"):
        pytest.skip("asked at the end, of all processes together")
    found = request.config.pluginmanager.get_plugin("verbs")
    if not found.complete:
        pytest.skip("no capability has all its tests in this run")
    return found


def test_every_verb_writes_in_the_journal(watched):
    unheard = watched.unheard(SILENT)

    assert not unheard, f"called by no test of theirs, or silent: {unheard}"
    assert not SILENT.keys() & watched.heard, "listed as silent, but heard"


def test_a_verb_listed_as_silent_exists_and_says_why():
    known = {verb for name in SILENT for verb in verbs(name.split(".")[0])}

    assert SILENT.keys() <= known
    assert all(SILENT.values())
