"""Adjusted p-values against SciPy, statsmodels and the paper's own example."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control
from statsmodels.stats.multitest import multipletests

from arbiter.science.multiplicity import benjamini_hochberg

CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=60)
OF_1995 = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip


def test_of_the_fifteen_tests_of_1995_four_are_findings_at_five_percent():
    assert np.flatnonzero(benjamini_hochberg(OF_1995) <= 0.05).tolist() == [0, 1, 2, 3]


@settings(max_examples=40)
@given(CHANCES)
def test_the_adjusted_are_those_of_scipy_and_statsmodels(chances):
    ours = benjamini_hochberg(chances)

    assert ours == pytest.approx(false_discovery_control(chances, method="bh"), abs=1e-12)
    assert ours == pytest.approx(multipletests(chances, method="fdr_bh")[1], abs=1e-12)


@given(CHANCES)
def test_adjusting_keeps_the_order_and_never_makes_a_finding_surer(chances):
    adjusted = benjamini_hochberg(chances)
    order = np.argsort(chances)

    assert (np.diff(adjusted[order]) >= 0).all()
    assert (adjusted >= np.array(chances) - 1e-15).all()
    assert (adjusted <= 1).all()


@given(CHANCES, st.randoms())
def test_the_order_of_the_tests_does_not_matter(chances, random):
    order = list(range(len(chances)))
    random.shuffle(order)

    assert benjamini_hochberg(np.array(chances)[order]) == pytest.approx(
        benjamini_hochberg(chances)[order]
    )


def test_no_tests_give_no_findings():
    assert benjamini_hochberg([]).shape == (0,)


@pytest.mark.parametrize("chances", [[0.5, 1.1], [-0.1], [float("nan")], [[0.1, 0.2]]])
def test_what_is_no_p_value_is_refused(chances):
    with pytest.raises(ValueError, match="P-values"):
        benjamini_hochberg(chances)
