"""Sums over the read model, kept until it is written again.

A sum over a hundred thousand rows costs more than the page around it. The edition's token changes with
every writing, in the same transaction, so that a kept sum is never an old one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from arbiter.forecast.models import Edition
from arbiter.foundation.models import Person
from arbiter.foundation.roles import Permission

T = TypeVar("T")

KEPT = 512
_kept: dict[Hashable, tuple[str, Any]] = {}
_held: ContextVar[str | None] = ContextVar("held")


@contextmanager
def one_edition() -> Iterator[None]:
    """Look the token up once for everything that is read while this lasts, as a page does that writes nothing.

    Its figures then belong together, and all of them cost one small query.
    """
    held = _held.get(None)
    mark = _held.set(_token() if held is None else held)
    try:
        yield
    finally:
        _held.reset(mark)


def remember(key: Hashable, compute: Callable[[], T]) -> T:
    """Return the value for a key, computing it where the read model was written since: one small query."""
    try:
        token = _held.get()
    except LookupError:
        token = _token()
    if token is None:
        return compute()
    found = _kept.get(key)
    if found is not None and found[0] == token:
        value: T = found[1]
        return value
    fresh = compute()
    if len(_kept) >= KEPT:
        _kept.clear()
    _kept[key] = (token, fresh)
    return fresh


def scope(person: Person) -> Hashable:
    """What tells apart who sees which customers."""
    if person.may(Permission.SEE_ALL_CUSTOMERS):
        return "everybody"
    return (person.pk, person.team_id, person.is_active)


def _token() -> str | None:
    return Edition.objects.values_list("token", flat=True).first()
