"""Surveys in the vendor's own product: whether it may ask, who is signed for, and what waits for them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from arbiter.accounts.queries import contacts
from arbiter.foundation import sealing
from arbiter.foundation.refusals import Refusal
from arbiter.voice.models import Answer, Ask, Widget
from arbiter.voice.rules import POST_WINDOW, POSTS_IN_WINDOW
from arbiter.voice.rules import widget as rules

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact

__all__ = [
    "NotSigned",
    "ask_of",
    "current",
    "is_flooded",
    "origins",
    "secret",
    "signed_for",
    "waiting",
]


class NotSigned(Refusal):
    """Nobody signed for this person, or it counts no more."""


def current() -> Widget | None:
    """Return how the product asks; None while the widget is off."""
    return Widget.objects.filter(pk=1).select_related("set_by").first()


def origins() -> tuple[str, ...]:
    """Return the origins whose pages may ask; none while the widget is off."""
    widget = current()
    return tuple(widget.origins) if widget else ()


def secret(widget: Widget) -> str:
    """Return the secret that the product signs with.

    Raises:
        Unopenable: it was sealed with a key that is not at hand.
    """
    return sealing.unseal(widget.sealed_secret)


def signed_for(*, contact_key: str, expires: str, signed: str, at: datetime) -> Contact:
    """Return the contact that the product signed for.

    Raises:
        NotSigned: the signature is not ours, has expired, or is for nobody here.
    """
    widget = current()
    known = widget is not None and rules.is_signed(
        _secrets(widget, at), contact_key=contact_key, expires=expires, signed=signed, at=at
    )
    contact = _contact(contact_key) if known else None
    if contact is None or (contact.left_on is not None and contact.left_on <= at.date()):
        raise NotSigned("The signature does not fit this person, or has expired.")
    return contact


def ask_of(pk: int) -> Ask | None:
    """Return an ask with all that its page shows."""
    found = Ask.objects.filter(pk=pk, version__isnull=False)
    return found.select_related("version__survey", "contact__customer__owner").first()


def waiting(contact: Contact, survey_key: str, *, at: datetime) -> Ask | None:
    """Return the newest ask of a survey that this contact can still answer and has not; by mail or in the product."""
    asked = Ask.objects.filter(
        contact=contact,
        version__survey__key=survey_key,
        at__gt=at - rules.OPEN_FOR,
        at__lte=at,
        answers=None,
    )
    newest = asked.order_by("-at", "-pk").first()
    closed = newest is not None and newest.closes_at is not None and newest.closes_at <= at
    return None if closed else newest


def is_flooded(contact: Contact, *, at: datetime) -> bool:
    """Say whether more came from a contact lately than a person sends."""
    lately = Answer.objects.filter(contact=contact, at__gt=at - POST_WINDOW)
    return lately.count() >= POSTS_IN_WINDOW


def _contact(key: str) -> Contact | None:
    return contacts.by_keys([key]).select_related("customer").first()


def _secrets(widget: Widget, at: datetime) -> list[str]:
    sealed = [widget.sealed_secret]
    if widget.sealed_before and widget.before_until and at < widget.before_until:
        sealed.append(widget.sealed_before)
    return [sealing.unseal(each) for each in sealed]
