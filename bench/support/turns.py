"""The quickest of some turns: other work on the machine only ever slows one down."""

from collections.abc import Callable
from time import perf_counter


def best_of(
    turns: int, work: Callable[[], object], *, clock: Callable[[], float] = perf_counter
) -> float:
    """Return the seconds of the quickest turn, by a clock."""
    times = []
    for _ in range(turns):
        began = clock()
        work()
        times.append(clock() - began)
    return min(times)
