"""The company that runs this installation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from arbiter.foundation.models import Company, Person

_read: ContextVar[list[Company | None] | None] = ContextVar("read", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Read the company once while this lasts: for whoever writes mail after mail, each of which names it."""
    token = _read.set([])
    try:
        yield
    finally:
        _read.reset(token)


def current() -> Company | None:
    """Return the company; None before the first run."""
    read = _read.get()
    if read is None:
        return Company.objects.filter(pk=1).first()
    if not read:
        read.append(Company.objects.filter(pk=1).first())
    return read[0]


def is_set_up() -> bool:
    """Say whether somebody owns this installation. Until then every page leads to the first run."""
    return Person.objects.filter(role="owner").exists()


def name() -> str:
    """Return the company's name as customers know it."""
    company = current()
    return company.name if company else "Arbiter"


def currency() -> str:
    """Return the currency in which the company counts first."""
    company = current()
    return company.currency if company else "EUR"


def language() -> str:
    """Return the language the company writes in, and reads, unless told otherwise."""
    company = current()
    return company.language if company else "en"


def confirms_by_code() -> bool:
    """Say whether a verdict or an intent needs a mailed code before it counts."""
    company = current()
    return company is not None and company.confirm_by_code
