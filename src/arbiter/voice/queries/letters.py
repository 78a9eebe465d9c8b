"""What a letter to a contact says, in text and in HTML: for the preview and for the mail alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from arbiter.accounts.queries import contracts
from arbiter.foundation.queries import company

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Contract
    from arbiter.foundation.models import Person

# Stands in a preview where the personal link will be.
NO_TOKEN = "personal-link"  # noqa: S105 - shown instead of a secret
ANSWERS = (("yes", "Yes"), ("not_sure", "Not sure"), ("no", "No"))


@dataclass(frozen=True)
class AskedGoal:
    """A goal that a letter reminds of: voice knows goals by key and by the customer's words only."""

    key: str
    statement: str


@dataclass(frozen=True)
class Letter:
    """A mail before it is put into the outbox."""

    subject: str
    text: str
    html: str
    headers: dict[str, str]


def compose(
    *,
    contact: Contact,
    by: Person,
    term: Contract | None,
    goals: Sequence[AskedGoal] = (),
    token: str = NO_TOKEN,
) -> Letter:
    """Write the letter that asks a contact whether they got it and whether they will continue.

    Args:
        contact: who is asked.
        by: who asks; replies go to them.
        term: the contract that runs; None when none is known.
        goals: what the customer said they want, in the order of the letter.
        token: of the personal link; without it the links lead nowhere.
    """
    vendor = company.name()
    url = address(token)
    unsubscription_url = address(token, "portal:unsubscription")
    context = {
        "contact_name": contact.name,
        "first_name": first_name(contact.name),
        "customer_name": contact.customer.name,
        "vendor_name": vendor,
        "sender_name": by.name,
        "ends_on": term.ends_on if term else None,
        "goals": goals,
        "url": url,
        "answers": [(f"{url}?answer={value}", label) for value, label in ANSWERS],
        "unsubscription_url": unsubscription_url,
        "not_you_url": address(token, "portal:wrong-person"),
    }
    return Letter(
        subject=f"{context['first_name']}, is {vendor} working for you?",
        text=render_to_string("voice/mail/letter.txt", context),
        html=render_to_string("voice/mail/letter.html", context),
        headers=unsubscribing(unsubscription_url),
    )


def address(token: str, name: str = "portal:letter") -> str:
    """Return the whole address of a page behind a personal link."""
    return f"{settings.BASE_URL}{reverse(name, args=[token])}"


def unsubscribing(url: str) -> dict[str, str]:
    """Return the headers by which a mail program unsubscribes in one click (RFC 8058)."""
    return {
        "List-Id": f"<asks.{urlsplit(url).hostname}>",
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def running_term(contact: Contact, *, as_of: datetime) -> Contract | None:
    """Return the open contract a contact is asked about: the first of their customer's to end."""
    found = contracts.open_of([contact.customer_id], as_of=as_of).get(contact.customer_id)
    return found[0] if found else None


def first_name(name: str) -> str:
    """Return how a person is greeted."""
    return name.split()[0] if name.split() else name
