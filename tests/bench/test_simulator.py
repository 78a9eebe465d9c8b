"""The simulator of the benchmarks: the same every time, true to its own chances, and as patchy as real data."""

from dataclasses import asdict, replace

import numpy as np
import pytest

from arbiter.science.renewal import cases
from bench.simulator import scores, telling, vendor
from bench.simulator.calendar import PANEL_DAYS, TODAY
from bench.simulator.facts import INTENTS, VERDICTS
from bench.simulator.knowledge import known, matrix
from bench.simulator.lives import level, live
from bench.simulator.observed import View

TYPICAL = vendor.typical(3)


@pytest.fixture(scope="module")
def facts():
    return telling.facts(TYPICAL, 3_000)


@pytest.fixture(scope="module")
def seen(facts):
    """Terms that were decided, as of 90 days before their end."""
    (term,) = np.nonzero(facts.terms.decided < PANEL_DAYS)
    return term, View(facts).at(term, facts.terms.ends[term] - 90)


def test_the_same_vendor_lives_the_same_lives_and_another_chunk_others(facts):
    again, others = telling.facts(TYPICAL, 3_000), telling.facts(TYPICAL, 3_000, chunk=1)

    for name, table in asdict(facts).items():
        for column, values in table.items():
            np.testing.assert_array_equal(values, asdict(again)[name][column])
    assert not np.array_equal(facts.terms.ends[:500], others.terms.ends[:500])


def test_renewals_come_about_as_often_as_their_chances_say(facts):
    terms = facts.terms
    (decided,) = np.nonzero(terms.decided < PANEL_DAYS)
    chance, renewed = terms.chance[decided], terms.renewed[decided]

    for part in np.array_split(np.argsort(chance), 5):
        sd = np.sqrt(np.sum(chance[part] * (1 - chance[part]))) / len(part)
        assert abs(renewed[part].mean() - chance[part].mean()) < 4 * sd


@pytest.mark.parametrize("made", [TYPICAL, vendor.hostile(1), vendor.without_signal(TYPICAL)])
def test_a_vendor_renews_as_often_as_was_drawn(made):
    terms = telling.facts(made, 4_000).terms
    (decided,) = np.nonzero(terms.decided < PANEL_DAYS)

    assert terms.chance[decided].mean() == pytest.approx(made.physics.renewal_rate, abs=0.025)


def test_who_leaves_has_no_later_term(facts):
    terms = facts.terms
    follows = (terms.customer[1:] == terms.customer[:-1]) & (terms.number[1:] > 0)

    assert terms.renewed[:-1][follows].all()
    assert follows.sum() == (terms.number > 0).sum()


def test_silence_is_not_at_random(facts, seen):
    term, observed = seen
    answered, asked = (observed.intent > 0).any(axis=1), observed.silent
    chance = facts.terms.chance[term]

    assert 0.2 < answered.mean() < 0.9
    assert chance[answered].mean() > chance[asked & ~answered].mean() + 0.02


def test_answers_tell_something_and_the_hostile_ones_hardly_anything(facts, seen):
    term, observed = seen
    told = _apart(facts, term, observed)
    hostile = telling.facts(vendor.hostile(1), 3_000)
    (decided,) = np.nonzero(hostile.terms.decided < PANEL_DAYS)
    noise = _apart(hostile, decided, View(hostile).at(decided, hostile.terms.ends[decided] - 90))

    assert told > 0.15
    assert noise < told / 2


def _apart(facts, term, observed):
    """How much more often who says yes renews than who does not."""
    yes = (observed.intent == INTENTS.index("yes")).any(axis=1)
    other = (observed.intent > 0).any(axis=1) & ~yes
    chance = facts.terms.chance[term]
    return chance[yes].mean() - chance[other].mean()


def test_facts_after_the_day_of_a_look_change_nothing(facts):
    (running,) = np.nonzero((facts.terms.starts <= TODAY) & (facts.terms.decided > TODAY))
    day = np.full(len(running), TODAY)
    later = {
        name: _until(getattr(facts, name), TODAY)
        for name in ("revisions", "results", "verdicts", "seen", "asks", "intents", "nps", "csat")
    }

    kept = matrix(View(facts).at(running, day))
    cut = matrix(
        View(replace(facts, **later, signals=_until(facts.signals, TODAY))).at(running, day)
    )

    np.testing.assert_array_equal(kept, cut)


def _until(table, day):
    early = table.day <= day
    columns = {name: getattr(table, name) for name in table.__dataclass_fields__}
    return type(table)(**{name: values[early] for name, values in columns.items()})


def test_verdicts_follow_what_they_got_and_results_what_was_agreed(facts):
    lives = live(TYPICAL, 3_000)
    goals, verdicts = facts.goals, facts.verdicts
    customer = goals.customer[verdicts.goal]
    month = np.clip((verdicts.day - lives.selves.start[customer]) // 30.4375, 0, 73).astype(int)
    got = lives.attained[customer, month]

    achieved = verdicts.verdict == VERDICTS.index("achieved")
    missed = verdicts.verdict == VERDICTS.index("not")
    assert got[achieved].mean() > got[missed].mean() + 0.2
    assert (lives.reported - lives.attained).mean() > 0


def test_what_was_observed_can_be_known(seen):
    _, observed = seen
    columns = cases(known(observed))

    assert len(columns) == len(observed)
    assert (columns.lead_days == 90).all()
    assert set(columns.segment) == {"Enterprise", "Mid-market", "SMB", "Public"}
    assert np.isnan(observed.nps).mean() > 0.1


def test_without_signal_every_chance_is_the_same_and_nothing_observed_goes_with_outcomes():
    mute = telling.facts(vendor.without_signal(TYPICAL), 3_000)
    (term,) = np.nonzero(mute.terms.decided < PANEL_DAYS)
    yes = (View(mute).at(term, mute.terms.ends[term] - 90).intent == 1).any(axis=1)
    renewed = mute.terms.renewed[term]

    assert np.ptp(mute.terms.chance) == 0
    assert renewed[yes].mean() == pytest.approx(renewed[~yes].mean(), abs=0.06)


def test_a_drifting_vendor_is_worse_in_its_last_year():
    shifted = live(vendor.drifting(TYPICAL), 2_000)
    late = shifted.ends >= TODAY - 365

    assert shifted.chance[late].mean() < shifted.chance[~late].mean() - 0.05


def test_moods_lie_where_the_level_says():
    lives, here = live(TYPICAL, 3_000), level(TYPICAL)

    assert lives.mood[:, 11].mean() == pytest.approx(here.mean, abs=0.8 * here.sd)


def test_scores_are_those_of_the_textbook():
    chance = np.array([0.9, 0.9, 0.1, 0.1])

    assert scores.expected_loss(np.full(4, 0.5), chance) == pytest.approx(np.log(2))
    assert scores.regret(chance, chance, chance) == 0
    assert scores.auc(chance, chance) == pytest.approx(0.9)
    assert scores.auc(np.full(4, 0.5), chance) == pytest.approx(0.5)
    assert scores.calibration_error(np.full(4, 0.5), chance, bins=2) == pytest.approx(0.4)
    assert scores.coverage(chance - 0.1, chance, chance) == 1
