"""What events say about customers and contacts, written where the source may: plan, seats, names, numbers.

Sent again, it changes nothing, and nothing is told of it. Of what one batch says about one user or customer the latest
counts; across batches what arrives last does. A null empties, what was not sent stays.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from arbiter.accounts.actions import contacts, contracts, customers, signals
from arbiter.accounts.queries import contacts as contacts_on_file
from arbiter.accounts.queries import contracts as contracts_on_file
from arbiter.accounts.queries import customers as customers_on_file
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal
from arbiter.usage.models import Membership, Source
from arbiter.usage.queries import sources
from arbiter.usage.rules import traits as rules
from arbiter.usage.wire.event import Rejected, Traits

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Contract, Customer

AT_ONCE = 1_000
LONGEST_SAMPLE = 300
# As many as the column of a customer's and a contact's key takes.
LONGEST_KEY = 200
# What the accounts may object to in what was sent; anything else is a mistake of ours and is loud.
FORESEEN = (contacts.ContactAlreadyThere, contacts.ContactUnnamed, customers.NameMissing)


class Applied(NamedTuple):
    """How many customers, contacts and contracts changed, and what could not be written."""

    changed: int
    rejected: list[Rejected]


class Said(NamedTuple):
    """All that a batch says about one user or customer, by plain names, and when it was said last."""

    traits: dict[str, object]
    at: datetime


@dataclass
class _Writing:
    """One batch on its way into the accounts."""

    allowed: frozenset[str]
    by: Person
    at: datetime
    changed: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    def wanted(self, about: str, key: str, said: Said) -> dict[str, Any]:
        """The fields that were sent and may be written, as they are stored."""
        found: dict[str, Any] = {}
        for trait in rules.TRAITS.values():
            if trait.about != about or trait.code not in self.allowed:
                continue
            was_sent, value = rules.sent(trait, said.traits)
            if was_sent:
                try:
                    found[trait.field] = rules.fit(trait.field, value)
                except rules.Unfit as unfit:
                    self.reject("trait_unfit", str(unfit), {"key": key, trait.field: value})
        return found

    def write(
        self,
        verb: Callable[..., Any],
        key: str,
        said: Said,
        noun: Customer | Contact | Contract,
        **given: Any,
    ) -> None:
        """Have a verb write what differs from what a noun has; what it foresees to refuse is noted."""
        news = {name: value for name, value in given.items() if getattr(noun, name) != value}
        if news:
            self.attempt(verb, key, said, **{str(noun._meta.model_name): noun}, **news)

    def create(self, verb: Callable[..., Any], key: str, said: Said, **given: Any) -> Any:
        """Call a verb that makes something known by the key."""
        if len(key) > LONGEST_KEY:
            message = f"The key of a customer or contact has at most {LONGEST_KEY} characters."
            self.reject("trait_unfit", message, {"key": key})
            return None
        return self.attempt(verb, key, said, key=key, **given)

    def attempt(self, verb: Callable[..., Any], key: str, said: Said, /, **given: Any) -> Any:
        """Call a verb; None when it refused."""
        try:
            found = verb(by=self.by, at=min(said.at, self.at), recorded_at=self.at, **given)
        except FORESEEN as refusal:
            self.reject("trait_refused", _in_general(refusal), {"key": key})
            return None
        self.changed += 1
        return found

    def reject(self, code: str, message: str, sample: Mapping[str, object]) -> None:
        """Note what could not be written."""
        text = json.dumps(sample, ensure_ascii=False, default=str).encode(errors="replace").decode()
        self.rejected.append(Rejected(code, message, text[:LONGEST_SAMPLE]))


@transaction.atomic
def apply(*, source: Source, traits: Sequence[Traits], by: Person, at: datetime) -> Applied:
    """Write what a source's events say about customers and contacts, as far as the source may.

    A contact is found by the user's id, else by their e-mail at a customer they were seen at: memberships of the same
    batch have to be written before.
    """
    writing = _Writing(sources.allowed(source), by, at)
    if writing.allowed:
        for batch in _batches(_latest(traits, "customer")):
            _about_customers(writing, batch)
        for batch in _batches(_latest(traits, "user")):
            _about_contacts(writing, batch)
    return Applied(writing.changed, writing.rejected)


def _about_customers(writing: _Writing, batch: dict[str, Said]) -> None:
    found = {customer.key: customer for customer in customers_on_file.by_keys(batch)}
    pks = [customer.pk for customer in found.values()]
    terms = contracts_on_file.open_of(pks, as_of=writing.at)
    for key, said in batch.items():
        customer = found.get(key)
        fields = writing.wanted("customer", key, said)
        if customer is None:
            customer = _new_customer(writing, key, said, fields)
        else:
            writing.write(customers.edit, key, said, customer, **fields)
        if customer is not None:
            _about_the_contract(writing, key, said, terms.get(customer.pk, []))
            _about_numbers(writing, key, said, customer)


def _new_customer(
    writing: _Writing, key: str, said: Said, fields: dict[str, Any]
) -> Customer | None:
    if rules.CREATE_CUSTOMERS not in writing.allowed:
        return None
    made: Customer | None = writing.create(
        customers.add, key, said, **{"name": key} | _said(fields)
    )
    return made


def _about_the_contract(writing: _Writing, key: str, said: Said, terms: Sequence[Contract]) -> None:
    fields = writing.wanted("contract", key, said)
    if not fields:
        return
    if len(terms) != 1:
        several = "several open contracts" if terms else "no open contract"
        message = f"Plan and seats belong to a contract, and the customer has {several}."
        writing.reject("trait_without_contract", message, {"key": key, **fields})
        return
    writing.write(contracts.edit, key, said, terms[0], **fields)


def _about_numbers(writing: _Writing, key: str, said: Said, customer: Customer) -> None:
    numbers = {}
    for name in rules.signals(writing.allowed):
        value = said.traits.get(rules.plain(name))
        if value is None:  # not sent, or nothing to be written down as a number
            continue
        try:
            numbers[name] = rules.number(value)
        except rules.Unfit as unfit:
            writing.reject("trait_unfit", str(unfit), {"key": key, name: value})
    if not numbers:
        return
    news = signals.note(
        customer=customer,
        numbers=numbers,
        by=writing.by,
        at=min(said.at, writing.at),
        recorded_at=writing.at,
    )
    writing.changed += bool(news)


def _about_contacts(writing: _Writing, batch: dict[str, Said]) -> None:
    found = {contact.key: contact for contact in contacts_on_file.by_keys(batch)}
    seen_at = _seen_at(batch.keys() - found.keys())
    for key, said in batch.items():
        at_customers = seen_at.get(key, [])
        contact = found.get(key) or _by_email(said, at_customers)
        fields = writing.wanted("contact", key, said)
        if contact is not None:
            writing.write(contacts.edit, key, said, contact, **fields)
        elif rules.CREATE_CONTACTS in writing.allowed and len(at_customers) == 1:
            told = _said(fields)
            # Whoever has neither a name nor an address cannot be told from another.
            if name := told.pop("name", "") or told.get("email", ""):
                writing.create(contacts.add, key, said, customer=at_customers[0], name=name, **told)


def _seen_at(users: Collection[str]) -> dict[str, list[Customer]]:
    """The customers on file at which some users were seen."""
    seen = Membership.objects.filter(user_key__in=users).order_by("pk")
    pairs = list(seen.values_list("user_key", "customer_key"))
    on_file = {
        each.key: each for each in customers_on_file.by_keys({customer for _, customer in pairs})
    }
    found: dict[str, list[Customer]] = {}
    for user, customer in pairs:
        if customer in on_file:
            found.setdefault(user, []).append(on_file[customer])
    return found


def _by_email(said: Said, at_customers: Sequence[Customer]) -> Contact | None:
    """The one contact with the address that was sent, at a customer the user was seen at."""
    email = said.traits.get("email")
    if not isinstance(email, str) or not email.strip() or not at_customers:
        return None
    people = contacts_on_file.of_customers([customer.pk for customer in at_customers])
    found = list(people.filter(email__iexact=email.strip()).select_related("customer__owner")[:2])
    return found[0] if len(found) == 1 else None


def _latest(traits: Sequence[Traits], about: str) -> dict[str, Said]:
    """What is said about each user or customer, the later over the earlier."""
    found: dict[str, Said] = {}
    for each in sorted((each for each in traits if each.about == about), key=lambda one: one.at):
        before = found[each.key].traits if each.key in found else {}
        found[each.key] = Said({**before, **rules.named(each.traits)}, each.at)
    return found


def _batches(said: dict[str, Said]) -> list[dict[str, Said]]:
    keys = list(said)
    return [
        {key: said[key] for key in keys[start : start + AT_ONCE]}
        for start in range(0, len(keys), AT_ONCE)
    ]


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    """What is more than nothing."""
    return {name: value for name, value in fields.items() if value != ""}


def _in_general(refusal: Refusal) -> str:
    """The reason without names, so that a thousand of them are one line of a list."""
    return (type(refusal).__doc__ or "").strip()
