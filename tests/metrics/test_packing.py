"""Lists in blocks: a stretch of them holds what the whole list holds there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.metrics import packing


def a_list(customers):
    ids = np.arange(customers, dtype=np.int64) * 7 + 1
    return ids, ids / 2.0


@pytest.mark.parametrize("customers", [0, 1, 255, 256, 257, 16_384, 16_385, 100_000])
def test_a_whole_list_comes_back_as_it_was_packed(customers):
    ids, values = a_list(customers)
    data = packing.packed(ids, values)

    found = packing.unpacked(data[packing.whole(data[: packing.HEAD]).start :])

    assert np.array_equal(found[0], ids)
    assert np.array_equal(found[1], values.astype(np.float32))


IDS, VALUES = a_list(20_000)
DATA = packing.packed(IDS, VALUES)


@given(st.integers(0, 19_999), st.integers(0, 600))
def test_a_stretch_holds_its_places_and_little_more(first, more):
    last = min(first + more, 19_999)

    found = packing.stretch(DATA[: packing.HEAD], 20_000, first, last)

    ids, _ = packing.unpacked(DATA[found.start : found.start + found.length])
    assert np.array_equal(ids[first - found.first : last - found.first + 1], IDS[first : last + 1])
    assert len(ids) < last - first + 2 * 20_000 / packing.BLOCKS + 2
