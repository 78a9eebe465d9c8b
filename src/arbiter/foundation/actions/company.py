"""Setting the company up, and changing what it is called and counts in."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from arbiter.foundation import journal
from arbiter.foundation.models import Company, Person
from arbiter.foundation.permissions import must
from arbiter.foundation.queries import company as read
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission


class AlreadySetUp(Refusal):
    """Somebody owns this installation."""


class UnknownCurrency(Refusal):
    """A currency is three letters."""


def set_up(
    *,
    name: str,
    currency: str,
    owner_name: str,
    owner_email: str,
    at: datetime,
    password: str | None = None,
) -> Person:
    """Make the company and its owner, once, and return the owner.

    A person whom a file has named before under the same address becomes the owner.

    Raises:
        AlreadySetUp: there is an owner, perhaps since a moment ago.
        UnknownCurrency: the currency is not three letters.
    """
    code = _currency(currency)
    try:
        with transaction.atomic():
            if read.is_set_up():
                raise AlreadySetUp("This installation has an owner already. Sign in instead.")
            company, _ = Company.objects.update_or_create(
                pk=1, defaults={"name": name, "currency": code, "set_up_at": at}
            )
            owner = _owner(owner_name, owner_email, password, at)
            journal.record("foundation.company_set_up", subject=company, by=owner, at=at)
    except IntegrityError as twice:
        raise AlreadySetUp("Somebody else has just set this up. Sign in instead.") from twice
    return owner


@transaction.atomic
def edit(
    *,
    name: str,
    currency: str,
    by: Person,
    at: datetime,
    confirm_by_code: bool | None = None,
    language: str = "",
    time_zone: str | None = None,
) -> Company:
    """Change what the company is called, what it counts in, where it is, and whether answers need a mailed code.

    What is not given stays; a language is never taken away, a time zone may be (`""`).

    Raises:
        UnknownCurrency: the currency is not three letters.
    """
    must(by, Permission.MANAGE_SETTINGS)
    company = Company.objects.select_for_update().get(pk=1)
    company.name, company.currency = name, _currency(currency)
    if confirm_by_code is not None:
        company.confirm_by_code = confirm_by_code
    company.language = language or company.language
    if time_zone is not None:
        company.time_zone = time_zone
    company.save(update_fields=["name", "currency", "confirm_by_code", "language", "time_zone"])
    journal.record(
        "foundation.company_edited",
        subject=company,
        by=by,
        at=at,
        currency=company.currency,
        confirm_by_code=company.confirm_by_code,
        language=company.language,
        time_zone=company.time_zone,
    )
    return company


def _currency(code: str) -> str:
    code = code.strip().upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise UnknownCurrency("Give a currency as three letters, such as EUR.", field="currency")
    return code


def _owner(name: str, email: str, password: str | None, at: datetime) -> Person:
    known = Person.objects.filter(email__iexact=email.strip()).first()
    if known is None:
        return Person.objects.create_person(
            email=email, name=name, role="owner", password=password, joined_at=at
        )
    known.name, known.role, known.is_active, known.joined_at = name, "owner", True, at
    known.set_password(password)
    known.save()
    return known
