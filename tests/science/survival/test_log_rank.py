"""The log-rank test against lifelines and statsmodels."""

import numpy as np
import pytest
from lifelines.statistics import multivariate_logrank_test
from statsmodels.duration.survfunc import survdiff

from arbiter.science.survival import log_rank


def three_segments(seed, n=150, apart=1.0):
    random = np.random.default_rng(seed)
    segment = random.choice(["Enterprise", "Mid", "SMB"], n)
    pace = {"Enterprise": apart, "Mid": 1.0, "SMB": 1.0}
    ends = np.ceil(random.exponential(10, n) * [pace[one] for one in segment]) + 1
    return ends, (random.random(n) < 0.7).astype(int), segment, np.floor(random.random(n) * ends)


@pytest.mark.parametrize("seed", range(8))
def test_the_statistic_is_that_of_lifelines(seed):
    ends, seen, segment, _ = three_segments(seed, n=40)
    theirs = multivariate_logrank_test(ends, segment, seen)

    ours = log_rank(ends, seen, segment)

    assert (ours.chi2, ours.p) == pytest.approx((theirs.test_statistic, theirs.p_value), abs=1e-8)
    assert ours.df == 2


def test_with_late_entries_it_is_that_of_statsmodels():
    ends, seen, segment, entry = three_segments(3, n=400)

    ours = log_rank(ends, seen, segment, entry=entry)

    assert (ours.chi2, ours.p) == pytest.approx(
        survdiff(ends, seen, segment, entry=entry), rel=1e-8
    )


def test_what_was_expected_adds_up_to_what_was_observed():
    ours = log_rank(*three_segments(4)[:3])

    assert ours.groups == ("Enterprise", "Mid", "SMB")
    assert ours.expected.sum() == pytest.approx(ours.observed.sum())


def test_a_segment_that_stays_three_times_as_long_is_found_and_alike_ones_are_not():
    found = log_rank(*three_segments(5, n=300, apart=3.0)[:3])
    alike = [log_rank(*three_segments(seed)[:3]).p < 0.05 for seed in range(200)]

    assert found.p < 0.001
    assert found.observed[0] < found.expected[0]
    assert 0.01 < np.mean(alike) < 0.1


@pytest.mark.parametrize(
    ("ends", "seen", "entry"),
    [([3, 4], [0, 0], None), ([3, 9], [1, 1], [0, 5]), ([4, 4], [1, 1], None)],
)
def test_groups_that_never_met_cannot_be_told_apart(ends, seen, entry):
    ours = log_rank(ends, seen, ["a", "b"], entry=entry)

    assert (ours.chi2, ours.df, ours.p) == (0, 0, 1)


def test_a_group_nobody_met_does_not_count():
    ends, seen, segment, _ = three_segments(6)
    alone = log_rank(ends, seen, segment)

    later = log_rank(
        np.append(ends, [900, 905]),
        np.append(seen, [1, 0]),
        np.append(segment, ["Later", "Later"]),
        entry=np.append(np.zeros(len(ends)), [800, 800]),
    )

    assert (later.chi2, later.df) == pytest.approx((alone.chi2, alone.df))


@pytest.mark.parametrize(("groups", "word"), [(["a", "a"], "two groups"), (["a"], "one group")])
def test_one_group_alone_is_refused(groups, word):
    with pytest.raises(ValueError, match=word):
        log_rank([1, 2], [1, 0], groups)
