"""A small simulation of what `bench/interval_coverage.py` measures at length: intervals hold the truth."""

import numpy as np
import pytest

from bench.coverage import Row, held
from bench.coverage.proportions import wilson
from bench.coverage.revenue import gross, net
from bench.coverage.surveys import net_promoters


@pytest.mark.parametrize(
    ("family", "draws"), [(wilson, 4_000), (net_promoters, 1_000), (gross, 1_200), (net, 1_200)]
)
def test_the_intervals_hold_the_truth_as_often_as_is_asked(family, draws):
    rows = family(np.random.default_rng(42), draws)

    assert len(rows) >= 4
    assert [row for row in rows if not row.is_ok] == []
    assert all(row.textbook <= row.ours + 0.02 for row in rows)


def test_an_interval_that_holds_too_little_is_found():
    assert not Row("a narrow one", 30, ours=0.86, textbook=0.8, draws=1_000, least=0.94).is_ok
    assert held([0, 2, np.nan], 1, [3, 3, np.nan]) == 0.5
