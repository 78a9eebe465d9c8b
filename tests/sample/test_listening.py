"""What the sample company makes of what it hears: themes by the real verbs, and promises in every state."""

from datetime import UTC, datetime, timedelta

import pytest

from arbiter.connectors.workspace_files import importing, sources
from arbiter.engagement.queries import promises
from arbiter.foundation.models import Fact, Person
from arbiter.sample import listening, words
from arbiter.voice.models import Feedback, Sorting, Theme
from arbiter.voice.queries import themes
from tests.sample.conftest import TODAY

pytestmark = pytest.mark.django_db
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


@pytest.fixture
def heard(ledgerly, tmp_path):
    """Everybody, their contracts, and what they said, brought in and listened to."""
    for name in ("customers", "contacts", "contracts", "feedback"):
        (tmp_path / f"{name}.csv").write_bytes((ledgerly.folder / f"{name}.csv").read_bytes())
    system = Person.objects.system()
    importing.store(sources.open_source(tmp_path), by=system, at=NOON)
    listening.describe(by=system, at=NOON)
    return system


def test_hardly_a_sentence_is_said_twice(ledgerly):
    told = [row["text"] for row in ledgerly.rows("feedback")]
    beside = [row["comment"] for row in ledgerly.rows("answers") if len(row["comment"]) > 25]

    assert len(told) > 80
    assert len(set(told)) >= 0.95 * len(told)
    assert len(set(beside)) >= 0.95 * len(beside)
    assert {row["language"] for row in ledgerly.rows("feedback")} == {"en", "de"}


def test_a_handful_of_what_was_proposed_is_a_theme_and_reads_aptly(heard):
    confirmed = Sorting.objects.filter(decided_by=heard, is_confirmed=True)
    about = {text: each["name"] for each in words.read("feedback")["theme"] for text in (*each["en"], *each["de"])}  # fmt: skip

    named = set(confirmed.values_list("theme__name", flat=True))
    assert 2 <= len(named) <= listening.CONFIRMED
    assert named & {"Speed", "Intercompany", "Price and seats"}
    pairs = confirmed.values_list("feedback__text", "theme__name")
    assert all(about[text] == name for text, name in pairs)
    assert Fact.objects.filter(name="voice.feedback_sorted").count() == confirmed.count()


def test_some_proposals_wait_for_whoever_looks_around(heard):
    left = themes.proposals(themes.unsorted(heard)[:500])

    assert len(left) >= 2
    assert any(name for name, _ in map(listening._about, left))


def test_what_became_of_a_theme_is_told(heard):
    assert Theme.objects.exclude(change="").exists()


def test_promises_are_kept_open_overdue_and_broken(heard):
    made = promises.visible_to(heard)
    late = made.filter(kept_at=None, broken_at=None, due_on__lt=TODAY)

    assert made.filter(kept_at__isnull=False).count() >= 2
    assert made.filter(broken_at__isnull=False).count() == 1
    assert late.count() >= 2
    assert made.filter(kept_at=None, broken_at=None, due_on__gt=TODAY).count() >= 2
    assert Feedback.objects.filter(key__in=made.values("feedback_key")).count() == made.count()
    assert all(each.at > Feedback.objects.get(key=each.feedback_key).at for each in made)


def test_themes_go_with_the_sample_and_come_back_with_it(heard):
    Feedback.objects.all().delete()
    listening.forget(by=heard, at=NOON)
    assert not themes.standing().exists()

    again = listening._theme("Speed", heard, NOON + timedelta(days=1))

    assert list(themes.standing()) == [again]
