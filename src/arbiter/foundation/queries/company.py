"""The company that runs this installation."""

from __future__ import annotations

from arbiter.foundation.models import Company, Person


def current() -> Company | None:
    """Return the company; None before the first run."""
    return Company.objects.filter(pk=1).first()


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


def confirms_by_code() -> bool:
    """Say whether a verdict or an intent needs a mailed code before it counts."""
    company = current()
    return company is not None and company.confirm_by_code
