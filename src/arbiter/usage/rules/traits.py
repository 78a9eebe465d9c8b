"""What events may write about customers and contacts: a fixed list, each part of it ticked by hand.

The yearly value, the day of renewal and the owner are in no list: an event never changes them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

About = Literal["contact", "customer", "contract", "create"]
SIGNAL = "signal:"
CREATE_CUSTOMERS, CREATE_CONTACTS = "create:customers", "create:contacts"
MOST_SIGNALS = 20
# As many as the column of a signal's name takes.
LONGEST_SIGNAL = 100


class Unfit(ValueError):
    """What was sent cannot be the value of the trait."""


@dataclass(frozen=True)
class Trait:
    """Something that events may write: which field of what, told by which names, and whether a public key may."""

    about: About
    field: str
    label: str
    names: tuple[str, ...] = ()
    public: bool = False

    @property
    def code(self) -> str:
        """How a source stores that it may."""
        return f"{self.about}:{self.field}"


TRAITS = {
    trait.code: trait
    for trait in (
        Trait("contact", "name", "name of the contact", ("name",), public=True),
        Trait("contact", "title", "title of the contact", ("title",), public=True),
        Trait(
            "contact", "language", "language of the contact", ("language", "locale"), public=True
        ),
        Trait("contact", "email", "e-mail of the contact", ("email",)),
        Trait("customer", "name", "name of the customer", ("name",)),
        Trait("customer", "domain", "domain of the customer", ("domain", "website")),
        Trait("customer", "industry", "industry of the customer", ("industry",)),
        Trait("customer", "segment", "segment of the customer", ("segment",)),
        Trait("contract", "plan", "plan of the open contract", ("plan",)),
        Trait("contract", "seats", "seats of the open contract", ("seats",)),
        Trait("create", "customers", "customers who are not on file yet"),
        Trait("create", "contacts", "contacts who are not on file yet"),
    )
}
# PostgreSQL stores no text with it.
_UNSTORABLE = {"\0"}
_LONGEST = {
    "name": 200,
    "title": 200,
    "language": 20,
    "email": 254,
    "domain": 200,
    "industry": 100,
    "segment": 100,
    "plan": 100,
}


def may_be_ticked(code: str, *, public: bool) -> bool:
    """Say whether a source may be allowed a trait; a public key, which everyone can read, few of them."""
    if code.startswith(SIGNAL):
        return not public and 0 < len(code) - len(SIGNAL) <= LONGEST_SIGNAL
    return code in TRAITS and (TRAITS[code].public or not public)


def allowed(ticked: Iterable[str], *, public: bool) -> frozenset[str]:
    """Return what of the ticked traits counts: a source that became public has lost the rest."""
    return frozenset(code for code in ticked if may_be_ticked(code, public=public))


def label(code: str) -> str:
    """Return a trait in words."""
    trait = TRAITS.get(code)
    return trait.label if trait else f"the number {code.removeprefix(SIGNAL)}"


def signals(codes: Iterable[str]) -> list[str]:
    """Return the names of the numbers among some codes."""
    return sorted(code.removeprefix(SIGNAL) for code in codes if code.startswith(SIGNAL))


def plain(name: str) -> str:
    """Return the name by which a trait is known however it is written: createdAt is created_at."""
    return re.sub(r"[\s_-]", "", name).casefold()


def named(traits: Mapping[str, object]) -> dict[str, object]:
    """Return what was sent by plain names; of two spellings of one name the later counts."""
    found = {plain(name): value for name, value in traits.items()}
    parts = [found.get("firstname"), found.get("lastname")]
    whole = " ".join(part.strip() for part in parts if isinstance(part, str) and part.strip())
    return {"name": whole, **found} if whole else found


def sent(trait: Trait, traits: Mapping[str, object]) -> tuple[bool, object]:
    """Return whether a trait was sent (by its plain names), and what; a sent null counts as sent."""
    for name in trait.names:
        if name in traits:
            return True, traits[name]
    return False, None


def fit(field: str, value: object) -> Any:
    """Return a value as its field takes it: text trimmed, nothing for a null.

    Raises:
        Unfit: it is of another kind, too long, or no such thing.
    """
    if field == "seats":
        return None if value is None else _whole(value)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unfit(f"The {field} is text.")
    text = _CLEANED.get(field, str.strip)(value)
    if not _UNSTORABLE.isdisjoint(text) or not _is_text(text):
        raise Unfit(f"The {field} holds characters that are no text.")
    if len(text) > _LONGEST[field]:
        raise Unfit(f"The {field} has at most {_LONGEST[field]} characters.")
    return text


def number(value: object) -> float:
    """Return a value as a signal.

    Raises:
        Unfit: it is no finite number.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
        raise Unfit("A signal is a number.")
    return float(value)


def _is_text(text: str) -> bool:
    """Say whether there are only whole characters: JSON may carry halves of some."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond all floats
        return False


def _whole(value: object) -> int:
    found = number(value)
    if found < 0 or found != int(found) or found > 2_147_483_647:
        raise Unfit("Seats are a whole number, 0 or more.")
    return int(found)


def _host(value: str) -> str:
    """Return example.com of https://www.example.com/pricing."""
    text = value.strip()
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError as wrong:
        raise Unfit("The domain is no address.") from wrong
    return host.removeprefix("www.")


def _email(value: str) -> str:
    text = value.strip()
    try:
        if text:
            validate_email(text)
    except ValidationError as wrong:
        raise Unfit("The e-mail is no address.") from wrong
    return text


_CLEANED: dict[str, Callable[[str], str]] = {"domain": _host, "email": _email}
