"""The Mann–Whitney test against SciPy, against counting all shuffles, and on noise."""

from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom, mannwhitneyu, rankdata

from arbiter.science.discrimination import mann_whitney

PAIRS = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 1)), min_size=2, max_size=80).filter(
    lambda rows: len({happened for _, happened in rows}) == 2
)


def noise(seed, n=600, share=0.2):
    random = np.random.default_rng(seed)
    return random.integers(0, 11, n), (random.random(n) < share).astype(int), random


@settings(max_examples=40)
@given(PAIRS)
def test_the_normal_p_is_that_of_scipy_ties_and_all(rows):
    score, happened = map(np.array, zip(*rows, strict=True))
    if len(set(score)) > 1:
        theirs = mannwhitneyu(
            score[happened == 1], score[happened == 0], use_continuity=False, method="asymptotic"
        )

        ours = mann_whitney(score, happened, method="normal")

        assert ours.p == pytest.approx(theirs.pvalue, rel=1e-9)


def test_a_handful_of_losses_is_tested_by_shuffles_as_all_of_them_counted_would():
    score, lost = [40, 33, 9, 21, 3, 12, 9, 30, 1], [1, 1, 1, 0, 0, 0, 0, 0, 0]
    ranks = rankdata(score)
    distance = abs(ranks[:3].sum() - 15)
    all_of_them = [abs(ranks[list(three)].sum() - 15) for three in combinations(range(9), 3)]

    found = mann_whitney(score, lost, draws=40_000)

    assert (found.method, found.draws) == ("permutation", 40_000)
    assert found.p == pytest.approx(np.mean(np.array(all_of_them) >= distance - 1e-9), abs=0.01)


def test_within_blocks_only_neighbours_are_exchanged():
    score, lost = [9, 7, 3, 8, 2, 5, 4], [1, 0, 0, 1, 1, 0, 0]
    quarter = ["Q1", "Q1", "Q1", "Q2", "Q2", "Q2", "Q2"]
    ranks = rankdata(score)
    first, second = ranks[:3], ranks[3:]
    mean = first.mean() + 2 * second.mean()
    sums = [one + sum(two) - mean for one, two in product(first, combinations(second, 2))]

    found = mann_whitney(score, lost, blocks=quarter, draws=40_000)

    distance = abs(ranks[[0, 3, 4]].sum() - mean)
    assert found.p == pytest.approx(np.mean(np.abs(sums) >= distance - 1e-9), abs=0.01)
    assert found.z == pytest.approx((ranks[[0, 3, 4]].sum() - mean) / np.std(sums), rel=1e-9)


def test_customers_are_exchanged_whole_and_only_with_those_of_as_many_rows():
    score = [9, 8, 1, 2, 6, 5, 4, 7, 3]
    lost = [1, 1, 0, 0, 0, 1, 1, 0, 0]
    customer = [1, 1, 2, 2, 3, 3, 4, 5, 6]
    pairs, singles = np.array([8.5, 1.5, 5.5]), np.array([4, 7, 3])
    sums = [
        np.dot(pairs, dealt) + single for dealt in permutations([2, 0, 1]) for single in singles
    ]

    found = mann_whitney(score, lost, clusters=customer, draws=40_000)

    distances = np.abs(np.array(sums) - np.mean(sums))
    observed = 2 * 8.5 + 5.5 + 4 - np.mean(sums)
    assert found.z == pytest.approx(observed / np.std(sums), rel=1e-9)
    assert found.p == pytest.approx(np.mean(distances >= abs(observed) - 1e-9), abs=0.01)


@pytest.mark.parametrize("happened", [60, 2_940])
def test_drawn_p_values_agree_with_the_normal_ones_where_both_may_serve(happened):
    happened = (np.arange(3_000) < happened).astype(int)
    score = np.random.default_rng(7).normal(0.2 * happened)

    drawn = mann_whitney(score, happened, method="permutation")

    assert drawn.p == pytest.approx(mann_whitney(score, happened, method="normal").p, abs=0.02)


def test_a_flag_few_customers_had_is_tested_as_fisher_would():
    lost, flag = np.arange(3_000) < 900, np.arange(3_000) >= 2_989
    lost[2_995:] = True
    both = hypergeom(3_000, lost.sum(), 11)
    as_far = [k for k in range(12) if abs(k - both.mean()) >= 5 - both.mean() - 1e-9]

    found = mann_whitney(flag, lost)

    assert found.method == "permutation"
    assert found.p == pytest.approx(both.pmf(as_far).sum(), abs=0.02)


def test_large_blocks_are_shuffled_in_parts():
    score, lost, _ = noise(1, n=900, share=0.5)

    drawn = mann_whitney(score, lost, method="permutation")

    assert drawn.p == pytest.approx(mann_whitney(score, lost).p, abs=0.03)


@pytest.mark.parametrize(
    ("lost", "score", "method"),
    [
        (range(19), range(1_000), "permutation"),
        (range(20), range(1_000), "normal"),
        (range(981), range(1_000), "permutation"),
        (range(100), [0] * 951 + [1] * 49, "permutation"),
        (range(100), [0] * 950 + [1] * 50, "normal"),
    ],
)
def test_the_normal_distribution_serves_from_twenty_on_unless_the_score_is_coarse(
    lost, score, method
):
    happened = np.isin(np.arange(1_000), list(lost)).astype(int)

    assert mann_whitney(score, happened, draws=99).method == method


def test_on_noise_small_p_values_are_as_rare_as_they_say():
    ps = []
    for seed in range(300):
        score, lost, random = noise(seed, n=80)
        customer = random.integers(0, 40, 80)
        test = mann_whitney(
            score, lost, blocks=random.integers(0, 3, 80), clusters=customer, draws=199
        )
        ps.append(test.p)

    assert 0.02 < np.mean(np.array(ps) <= 0.05) < 0.09


def test_a_bad_quarter_proves_nothing():
    random = np.random.default_rng(9)
    quarter = np.repeat([0, 1], 400)
    lost = (random.random(800) < np.where(quarter == 1, 0.4, 0.05)).astype(int)
    score = random.normal(2 * quarter)

    assert mann_whitney(score, lost).p < 1e-6
    assert mann_whitney(score, lost, blocks=quarter).p > 0.05


def test_copies_of_one_customer_prove_nothing():
    score, lost, _ = noise(14, n=60)
    once = mann_whitney(score, lost)

    copied = mann_whitney(
        np.repeat(score, 9),
        np.repeat(lost, 9),
        clusters=np.repeat(np.arange(60), 9),
        method="normal",
    )

    assert copied.z == pytest.approx(once.z, rel=1e-9)


def test_the_same_seed_gives_the_same_p():
    score, lost, _ = noise(3, n=60)

    assert mann_whitney(score, lost, seed=4) == mann_whitney(score, lost, seed=4)


@pytest.mark.parametrize(
    ("score", "blocks"), [([5, 5, 5, 5], None), ([1, 2, 3, 4], ["Q1", "Q1", "Q2", "Q2"])]
)
def test_where_nothing_can_be_exchanged_nothing_is_proved(score, blocks):
    found = mann_whitney(score, [1, 1, 0, 0], blocks=blocks)

    assert (found.z, found.p) == (0, 1)


def test_no_draws_at_all_are_refused():
    with pytest.raises(ValueError, match="shuffle"):
        mann_whitney([1, 2], [0, 1], draws=0)
