"""Moments at which something had happened so many times."""

from __future__ import annotations

import ibis

from arbiter.usage.expressions.events import MOMENT


@ibis.udf.agg.builtin(signature=((MOMENT, "int64"), MOMENT))
def nth_moment(at, n):  # type: ignore[no-untyped-def]
    """Stand for each engine's own way to the n-th earliest; `dialects` puts that in its place. Never called itself."""


def nth(at: ibis.expr.types.TimestampColumn, n: int) -> ibis.expr.types.TimestampScalar:
    """Return the n-th earliest of a group's moments. Where there are fewer, what it is differs from engine to engine."""
    return at.min() if n == 1 else nth_moment(at, n)
