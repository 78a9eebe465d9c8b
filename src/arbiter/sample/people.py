"""Who works at a customer: names of their country, titles of their role, mail addresses that reach nobody."""

import re
import unicodedata
from typing import Any

from arbiter.sample.days import Days
from arbiter.sample.dice import Dice
from arbiter.sample.scribe import Person
from arbiter.sample.tables import Tables

TITLES = {
    "decision_maker": ("CFO", "Finance Director", "Chief Operating Officer", "Managing Director", "VP Finance"),
    "sponsor": ("Head of Finance Transformation", "Chief Accounting Officer", "VP Finance Operations", "Head of Control"),
    "champion": ("Group Controller", "Head of Billing", "Revenue Assurance Lead", "Financial Systems Manager"),
    "user": ("Senior Accountant", "Billing Specialist", "Receivables Analyst", "Plant Controller"),
    "procurement": ("Strategic Buyer", "Head of Procurement"),
    "other": ("Internal Audit", "IT Security", "Data Protection Officer"),
}  # fmt: skip
# What is usual at a customer of that size, in the order in which people are met.
TEAMS = {
    "SMB": ("champion", "decision_maker", "user"),
    "Mid-market": ("champion", "decision_maker", "user", "sponsor"),
    "Enterprise": ("champion", "sponsor", "decision_maker", "user", "procurement", "other", "user"),
}
SIZES = {"SMB": (1, 2), "Mid-market": (2, 4), "Enterprise": (3, 6)}
FAMILY_FIRST = {"ja", "ko", "vi", "hu"}
LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ß": "ss", "æ": "ae", "Æ": "Ae", "ı": "i",
                         "þ": "th", "Þ": "Th", "ð": "d", "Đ": "D"})  # fmt: skip


def plain(text: str) -> str:
    """Return the text in letters that a mail address or a key may hold."""
    spelt = (
        unicodedata.normalize("NFKD", text.translate(LETTERS)).encode("ascii", "ignore").decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", spelt.lower().replace("'", "")).strip("-")


def mail_address(name: str, domain: str) -> str:
    """Return an address at the customer's reserved example domain."""
    return f"{plain(name).replace('-', '.')}@{domain}"


def team(
    dice: Dice, country: dict[str, Any], *, customer: str, segment: str, since: int
) -> list[tuple[Person, str]]:
    """Return the people met at a customer, each with the spelling of their name for mail."""
    count = dice.whole(*SIZES[segment])
    found: list[tuple[Person, str]] = []
    for role in TEAMS[segment][:count]:
        name, spelling = _name(dice, country, {person.name for person, _ in found})
        joined = min(since + (0 if len(found) < 2 else dice.whole(0, 260)), -1)
        person = Person(
            f"{customer}.{plain(spelling)}", name, role, joined, language=country["language"]
        )
        found.append((person, spelling))
    return found


def introduce(
    tables: Tables,
    days: Days,
    person: Person,
    *,
    spelling: str,
    customer: str,
    domain: str,
    language: str,
    title: str,
) -> None:
    """Write a contact down."""
    tables.add(
        "contacts", contact_id=person.id, customer_id=customer, name=person.name, email=mail_address(spelling, domain),
        role=person.role, title=title, language=language, joined_on=days.on(person.joined),
        left_on=None if person.left is None else days.on(person.left),
    )  # fmt: skip


def _name(dice: Dice, country: dict[str, Any], taken: set[str]) -> tuple[str, str]:
    """Return a name that nobody here has yet, and its spelling in Latin letters."""
    while True:
        women = dice.chance(0.5)
        families = (
            country.get("surnames_of_women", country["surnames"]) if women else country["surnames"]
        )
        given, given_spelt = _spelt(dice.pick(country["women" if women else "men"]))
        family, family_spelt = _spelt(dice.pick(families))
        name = f"{family} {given}" if country["language"] in FAMILY_FIRST else f"{given} {family}"
        if name not in taken:
            return name, f"{given_spelt} {family_spelt}"


def _spelt(name: str) -> tuple[str, str]:
    native, _, latin = name.partition("|")
    return native, latin or native
