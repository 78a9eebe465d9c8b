"""What several customers say the same about: proposed by counting words, decided by a person."""

from datetime import timedelta
from decimal import Decimal

import pytest

from arbiter.accounts.permissions import NotAllowed as OutOfReach
from arbiter.foundation.permissions import NotAllowed
from arbiter.voice.actions import feedback, themes
from arbiter.voice.models import Feedback, Sorting
from arbiter.voice.queries import feedback as inbox
from arbiter.voice.queries import themes as reads
from arbiter.voice.queries.feedback import Filters
from tests.facts import fact_names, last_fact
from tests.world import JANUARY, JULY, JUNE, MAY

IMPORTS = (
    "The import is slow",
    "Importing our files is far too slow",
    "The import of large files is slow",
    "Our import is slow on Mondays",
)
PRICES = ("The price is too high", "The price went up", "We cannot pay this price", "Price is the issue")  # fmt: skip


def receive(world, text, *, customer=None, by=None, at=JUNE, **more):
    told = {"customer": customer or world.harbour, "source": "interview"} | more
    return feedback.receive(text=text, by=by or world.olga, at=at, **told)


def receive_all(world):
    return [receive(world, text) for text in (*IMPORTS, *PRICES)]


def make(world, name="Slow imports", at=MAY):
    return themes.make(name=name, by=world.ada, at=at)


def sort(world, theme, *rows, by=None):
    return themes.sort(theme=theme, feedback=rows, by=by or world.ada, at=JUNE)


def test_a_theme_is_named_renamed_put_away_and_taken_out(world):
    theme = make(world, " Slow imports ")
    themes.rename(theme=theme, name="slow imports", by=world.ada, at=JUNE)
    themes.archive(theme=theme, by=world.ada, at=JUNE)
    assert not reads.standing().exists()

    themes.restore(theme=theme, by=world.ada, at=JULY)
    assert [each.name for each in reads.standing()] == ["slow imports"]
    assert list(reads.all_of_them()) == [theme]
    assert fact_names()[-4:] == [
        f"voice.theme_{what}" for what in ("made", "renamed", "archived", "restored")
    ]


def test_two_themes_of_one_name_could_not_be_told_apart(world):
    make(world)

    with pytest.raises(themes.ThemeAlreadyThere):
        make(world, "SLOW IMPORTS")
    with pytest.raises(themes.ThemeUnnamed):
        make(world, " ")
    with pytest.raises(NotAllowed):
        themes.make(name="Price", by=world.otto, at=JUNE)


def test_what_was_done_is_said_in_words(world):
    theme = make(world)

    themes.tell_change(theme=theme, change=" Imports run in parts. ", by=world.ada, at=JUNE)

    assert (theme.change, theme.changed_at) == ("Imports run in parts.", JUNE)
    assert last_fact().name == "voice.theme_changed"
    with pytest.raises(themes.NothingChanged):
        themes.tell_change(theme=theme, change="", by=world.ada, at=JUNE)


def test_a_person_puts_feedback_into_a_theme_and_takes_it_out(world):
    theme, piece = make(world), receive(world, IMPORTS[0])

    sort(world, theme, piece)
    assert list(reads.within(theme, world.ada)) == [piece]
    assert inbox.themes_of([piece.pk])[piece.pk][0][1:] == ("Slow imports", True)
    assert (last_fact().name, last_fact().customer_id) == ("voice.feedback_sorted", world.harbour.pk)  # fmt: skip

    themes.unsort(theme=theme, feedback=[piece], by=world.ada, at=JUNE)
    assert not reads.within(theme, world.ada).exists()
    assert inbox.themes_of([piece.pk]) == {}
    assert last_fact().name == "voice.feedback_unsorted"


def test_nothing_is_sorted_into_a_theme_that_was_put_away_or_from_out_of_reach(world):
    theme, piece = make(world), receive(world, IMPORTS[0])

    with pytest.raises(OutOfReach):
        sort(world, theme, piece, by=world.quinn)
    themes.archive(theme=theme, by=world.ada, at=JUNE)
    with pytest.raises(themes.ThemePutAway):
        sort(world, theme, piece)


def test_words_propose_themes_and_nothing_is_stored(world):
    receive_all(world)

    found = reads.proposals(reads.unsorted(world.ada))

    assert [sorted(each.text for each in one.feedback) for one in found] == [
        sorted(PRICES),
        sorted(IMPORTS),
    ] or {len(one.feedback) for one in found} == {4}
    assert {one.name.split(",")[0] for one in found} <= {"import", "slow", "price"}
    assert not Sorting.objects.exists()


def test_what_is_like_a_theme_is_suggested_for_it_and_counts_once_confirmed(world):
    theme, price = make(world), make(world, "Price")
    pieces = receive_all(world)
    sort(world, theme, *pieces[:2])
    sort(world, price, *pieces[4:6])

    assert themes.suggest(by=world.ada, at=JUNE) == 4
    assert list(reads.suggested_for(theme, world.ada).order_by("pk")) == pieces[2:4]
    assert reads.waiting(world.ada) == {theme.pk: 2, price.pk: 2}
    assert reads.within(theme, world.ada).count() == 2
    assert last_fact().name == "voice.theme_suggested"

    sort(world, theme, pieces[2])
    themes.unsort(theme=theme, feedback=[pieces[3]], by=world.ada, at=JUNE)
    assert reads.within(theme, world.ada).count() == 3
    assert reads.waiting(world.ada) == {price.pk: 2}
    # What was refused is not suggested again.
    assert themes.suggest(by=world.ada, at=JULY) == 0


def test_without_themes_or_new_feedback_nothing_is_suggested(world):
    assert themes.suggest(by=world.ada, at=JUNE) == 0
    make(world)
    receive(world, "Hello")
    assert themes.suggest(by=world.ada, at=JUNE) == 0


def test_the_inbox_is_narrowed_to_a_theme_or_to_what_has_none(world):
    theme, pieces = make(world), receive_all(world)
    sort(world, theme, *pieces[:3])
    seen = inbox.visible_to(world.ada)

    assert inbox.narrowed(seen, Filters(theme=theme.pk)).count() == 3
    assert inbox.narrowed(seen, Filters(unsorted=True)).count() == 5


def test_the_report_weighs_themes_by_goals_in_the_way_and_money(world):
    slow, price = make(world), make(world, "Price")
    first = receive(world, IMPORTS[0], goal_key="faster_onboarding")
    done = receive(world, IMPORTS[1], goal_key="lower_support_cost")
    quay = receive(world, IMPORTS[2], customer=world.quay)
    expensive = receive(world, PRICES[0], at=MAY)
    feedback.set_status(feedback=done, status="done", by=world.ada, at=JUNE)
    sort(world, slow, first, done, quay, by=world.olga)
    sort(world, price, expensive)

    one, two = reads.report(world.olga, as_of=JUNE)

    assert (one.theme, one.pieces, one.open, one.goals) == (slow, 3, 2, {"faster_onboarding"})
    assert one.customers == {world.harbour.pk, world.quay.pk}
    assert (one.arr, one.unknown_arr, one.last_at) == ({"EUR": Decimal(68_000)}, 0, JUNE)
    assert (two.theme, two.goals, two.arr) == (price, set(), {"EUR": Decimal(48_000)})
    # Ada sees nothing of Quay.
    assert reads.report(world.ada, as_of=JUNE)[0].arr == {"EUR": Decimal(48_000)}
    recent = reads.report(world.olga, as_of=JUNE + timedelta(days=1), days=7)
    assert [each.pieces for each in recent] == [3, 0]


def test_the_report_takes_three_queries(world, django_assert_num_queries):
    sort(world, make(world), *receive_all(world))

    with django_assert_num_queries(3):
        reads.report(world.ada, as_of=JUNE)


def test_money_nobody_knows_is_counted_apart(world):
    theme, piece = make(world), receive(world, IMPORTS[0], at=JANUARY)
    world.harbour_contract.arr = None
    world.harbour_contract.save()
    sort(world, theme, piece)

    (found,) = reads.report(world.ada, as_of=JUNE)

    assert (found.arr, found.unknown_arr) == ({}, 1)


def test_what_was_erased_is_about_nothing(world):
    said = receive_all(world)
    theme = make(world)
    sort(world, theme, *said[:2])
    Feedback.objects.filter(pk__in=[said[0].pk, said[2].pk]).update(text="")

    assert said[2] not in reads.unsorted(world.olga)
    assert said[2].pk not in {feedback for feedback, _ in reads.suggestions()}
    assert said[0] in reads.within(theme, world.olga)
