"""A letter on a phone: whatever a goal is called and measured in, nothing covers anything."""

from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from arbiter.outcomes.actions import goals, results, revisions
from tests.kept import once
from tests.world import FEBRUARY, JANUARY, JUNE, MAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Kundenzufriedenheitsmessungsauswertungsbericht"
# name: baseline, target, today, unit.
TRACKS = {
    "begins": (0, 3, 0, "gaps"),
    "arrived": (12, 4, 4, "days"),
    "almost": (12, 4, 11.9, "days"),
    "beyond": (40, 80, 145, "%"),
    "millions": (1_234_567_890, 9_876_543_210, 5_555_555_555, "EUR"),
    "long unit": (120, 12, 60, "Rechnungspositionen je Sachbearbeiterin"),
    "endless unit": (120, 12, 119, LONG),
    "backwards": (10, 5, 14, "hours a week"),
    "unmeasured": (10, 5, None, "Überstunden"),
}
COVERED = """
all => all.flatMap(track => {
  const seen = [...track.querySelectorAll("text, .goal-track__values > *")]
    .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
    .filter(([words, box]) => words && box.width && box.height);
  return seen.map(([words, box]) => [words, box.left, box.top, box.right, box.bottom, track.id])
    .map(one => [...one.slice(0, 5), all.indexOf(track)]);
})
"""


@pytest.fixture
def letter(world, link_of):
    once(awkward_goals, world)
    return link_of(world.dov, at=JUNE)


def awkward_goals(world):
    """Goals that are named and measured in every awkward way."""
    for name, (baseline, target, today, unit) in TRACKS.items():
        goal = goals.state(
            customer=world.quay,
            statement=f"{name}: {LONG} halbieren",
            whose_words="customer",
            stated_by=world.dov,
            by=world.quinn,
            at=JANUARY,
        )
        revisions.revise(
            goal=goal,
            measure=f"{LONG} {name}",
            unit=unit,
            direction="down" if target < baseline else "up",
            baseline=Decimal(str(baseline)),
            target=Decimal(str(target)),
            due_on=date(2027, 1, 31),
            by=world.quinn,
            agreed_by=world.dov,
            at=FEBRUARY,
        )
        if today is not None:
            results.report(goal=goal, value=Decimal(str(today)), by=world.quinn, at=MAY)


@pytest.mark.parametrize("width", [320, 390, 600, 860])
def test_no_label_of_a_track_covers_another_or_leaves_the_page(
    monkeypatch, letter, live_server, open_page, width
):
    monkeypatch.setattr("arbiter.portal.cards.MOST_DRAWN", len(TRACKS) + 1)
    page = open_page(live_server.url + letter, width=width, javascript=False)

    labels = page.eval_on_selector_all(".goal-track", COVERED)

    assert {each[5] for each in labels} == set(range(len(TRACKS)))
    assert all(left >= 0 and right <= width for _, left, _, right, _, _ in labels)
    covering = [(a[0], b[0]) for a, b in combinations(labels, 2) if _cover(a, b)]
    assert covering == []


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_the_phone(letter, live_server, open_page, width):
    page = open_page(live_server.url + letter, width=width, javascript=False)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_choices_stand_one_below_the_other_on_a_phone(letter, live_server, open_page):
    phone = open_page(live_server.url + letter, width=390, javascript=False)

    cards = phone.eval_on_selector_all(
        "#continue .choice-card", "all => all.map(one => one.getBoundingClientRect().left)"
    )

    assert len(cards) == 3
    assert len(set(cards)) == 1


def _cover(one, other):
    """Whether two labels of one track share more than a hair's breadth."""
    if one[5] != other[5]:
        return False
    across = min(one[3], other[3]) - max(one[1], other[1])
    down = min(one[4], other[4]) - max(one[2], other[2])
    return across > 1 and down > 3
