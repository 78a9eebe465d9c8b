"""Personal links: found by their token, never listed with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from arbiter.accounts import permissions
from arbiter.accounts.queries import contacts
from arbiter.voice import rules
from arbiter.voice.models import PersonalLink

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


# Written out: every answer begins here, and composing it anew takes longer than the answer of the database.
FIND = """
    SELECT voice_personallink.*,
        EXISTS (SELECT 1 FROM foundation_company WHERE confirm_by_code) AS by_code,
        (SELECT language FROM foundation_company LIMIT 1) AS our_language,
        (SELECT accounts_customer.language FROM accounts_customer
            JOIN accounts_contact ON accounts_contact.customer_id = accounts_customer.id
            WHERE accounts_contact.id = voice_personallink.contact_id) AS their_language
    FROM voice_personallink WHERE token_hash = %s
"""


class LinkState(StrEnum):
    """Whether a link still opens."""

    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class FoundLink:
    """A link that exists, with its contact, and whether it still opens.

    `by_code`: this installation wants a mailed code before a high-stakes answer counts.
    `languages`: in which its contact reads, the best first: theirs, their customer's, ours.
    """

    link: PersonalLink
    state: LinkState
    by_code: bool
    languages: tuple[str, ...] = ()


def find(token: str, *, at: datetime) -> FoundLink | None:
    """Return the link of a token and whether it opens; None when there is no such link.

    Two lean queries: whoever posts an answer waits for them.
    """
    link = next(iter(PersonalLink.objects.raw(FIND, [rules.hash_of(token)])), None)
    if link is None:
        return None
    link.contact = contacts.one(link.contact_id)
    found = vars(link)
    said = (link.contact.language, found["their_language"], found["our_language"])
    languages = tuple(dict.fromkeys(code for code in said if code))
    return FoundLink(link, state_of(link, at=at), bool(found["by_code"]), languages)


def state_of(link: PersonalLink, *, at: datetime) -> LinkState:
    """Say whether a link opens at a moment. Somebody who has left answers no more."""
    left_on = link.contact.left_on
    if link.revoked_at is not None or (left_on is not None and left_on <= at.date()):
        return LinkState.REVOKED
    return LinkState.EXPIRED if link.expires_at <= at else LinkState.OPEN


def visible_to(person: Person) -> QuerySet[PersonalLink]:
    """Every link this person may see, with its contact and customer."""
    reach = permissions.within_reach(person, via="contact__customer__")
    return PersonalLink.objects.filter(reach).select_related("contact__customer")


def of_customer(customer_id: int) -> QuerySet[PersonalLink]:
    """The links of a customer's people, newest first: when made, by whom, until when. Tokens are not kept."""
    links = PersonalLink.objects.filter(contact__customer_id=customer_id)
    return links.select_related("contact", "created_by", "revoked_by").order_by(
        "-created_at", "-pk"
    )
