"""Whom we know already, so that a file without our ids still finds them.

By id first, then by domain (never a mail provider's), then by name. Two known customers that share
a domain or a name make it no answer.
"""

from collections import ChainMap
from dataclasses import dataclass, field
from typing import TypeVar

from arbiter.connectors.tables.keys import domain_of, is_shared_domain, key_of

_SEVERAL = ""
Key = TypeVar("Key")


@dataclass(slots=True)
class Directory:
    """Customers and contacts by what identifies them. Grows while files are read."""

    names: ChainMap[str, str] = field(default_factory=ChainMap)
    _by_domain: ChainMap[str, str] = field(default_factory=ChainMap)
    _by_name: ChainMap[str, str] = field(default_factory=ChainMap)
    _domains: ChainMap[str, str] = field(default_factory=ChainMap)
    _contacts: ChainMap[tuple[str, str], str] = field(default_factory=ChainMap)
    _customers: ChainMap[str, str] = field(default_factory=ChainMap)

    def layer(self) -> "Directory":
        """The same people with room on top: what is added there does not stay here."""
        return Directory(
            self.names.new_child(),
            self._by_domain.new_child(),
            self._by_name.new_child(),
            self._domains.new_child(),
            self._contacts.new_child(),
            self._customers.new_child(),
        )

    def add_customer(self, customer_id: str, name: str, domain: str = "") -> None:
        if customer_id in self.names:
            return
        self.names[customer_id] = name
        _note(self._by_name, key_of(name), customer_id)
        plain = domain_of(domain)
        if plain and not is_shared_domain(plain):
            self._domains[customer_id] = plain
            _note(self._by_domain, plain, customer_id)

    def add_contact(self, contact_id: str, customer_id: str, email: str) -> None:
        if email:
            _note(self._contacts, (customer_id, email.casefold()), contact_id)
            _note(self._customers, email.casefold(), customer_id)

    def knows(self, customer_id: str) -> bool:
        return customer_id in self.names

    def at_domain(self, domain: str) -> str:
        """The only customer of a domain, or nothing."""
        return "" if is_shared_domain(domain) else self._by_domain.get(domain, "")

    def of_name(self, name: str, domain: str = "") -> str:
        """The only customer of a name, unless the domains say that it is another."""
        found = self._by_name.get(key_of(name), "")
        theirs = self._domains.get(found, "")
        return "" if domain and theirs and domain != theirs else found

    def customer_of(self, email: str) -> str:
        """The only customer at which somebody has this address, or nothing."""
        return self._customers.get(email.casefold(), "") if email else ""

    def contact(self, customer_id: str, email: str) -> str:
        """The contact of a customer with this address, or nothing."""
        return self._contacts.get((customer_id, email.casefold()), "")


def _note(index: ChainMap[Key, str], key: Key, identifier: str) -> None:
    if key:
        index[key] = identifier if index.get(key, identifier) == identifier else _SEVERAL
