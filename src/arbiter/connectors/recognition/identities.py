"""Which customer a row speaks of: by its own id, by domain, or by name."""

from dataclasses import dataclass

from arbiter.connectors.tables.directory import Directory
from arbiter.connectors.tables.findings import Findings
from arbiter.connectors.tables.keys import domain_of, is_shared_domain, key_of
from arbiter.connectors.tables.notes import Notes
from arbiter.connectors.tables.records import Record, RowRefused
from arbiter.connectors.tables.shapes import Shape

# The answer that joins customers by name alone; asked once the dry run has found some.
SAME_NAME_ANSWER, JOIN = "same_name", "join"
SAME_NAME = "has the name of a customer you already have under another id; kept apart"
JOINED = "was joined to the customer of the same name that you already have"
_SAME_DOMAIN = "was joined to the customer you already have at that domain"


@dataclass(frozen=True, slots=True)
class Identity:
    """The key of a customer, and the name it is already known by under another system's id."""

    customer_id: str
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """Finds the key of a row's customer. The same row gives the same key at every import.

    A name alone joins two ids only where a person has said so (`joins_names`).
    """

    shape: Shape
    findings: Findings
    directory: Directory
    notes: Notes
    joins_names: bool = False

    def identify(self, record: Record) -> Identity:
        """The customer of a row.

        Raises:
            RowRefused: the row names nobody, or one of two customers of the same name.
        """
        own = record.text("customers.customer_id").strip()
        name = record.text("customers.name")
        domain = record.text("customers.domain") or domain_of_address(record)
        if own:
            return self._by_id(self.shape.prefixed(own), name, domain, record.line)
        if not name and (customer := self.directory.customer_of(address_of(record))):
            return Identity(customer)
        if not name and domain:
            return Identity(self.directory.at_domain(domain) or key_of(domain))
        if not key_of(name):
            raise RowRefused(
                "the row names no customer", "Fill in the name.", target="customers.name"
            )
        return self._by_name(name, record)

    def _by_id(self, key: str, name: str, domain: str, line: int) -> Identity:
        if self.directory.knows(key):
            return Identity(key)
        found = self.directory.at_domain(domain) if domain else ""
        if found and self._is_of_another_system(found, key):
            self.notes.add(_SAME_DOMAIN, line)
            return Identity(found, self.directory.names[found])
        other = self.directory.of_name(name, domain) if name else ""
        if not other or not self._is_of_another_system(other, key):
            return Identity(key)
        self.notes.add(JOINED if self.joins_names else SAME_NAME, line)
        return Identity(other, self.directory.names[other]) if self.joins_names else Identity(key)

    def _is_of_another_system(self, found: str, key: str) -> bool:
        """Two ids of one system are two customers, whatever domain they share."""
        theirs = found.partition(":")[0] if ":" in found else ""
        return theirs != (key.partition(":")[0] if ":" in key else "")

    def _by_name(self, name: str, record: Record) -> Identity:
        """With two customers of one name in the file, the domain tells them apart."""
        domain = record.text("customers.domain")
        key = key_of(name)
        if self.findings.has_two_domains(key):
            if not domain:
                raise RowRefused(
                    f"two customers in this file are called “{name}”",
                    "Fill in the domain, or add a column with ids.",
                    target="customers.domain",
                )
            key = f"{key}@{domain}"
        if self.directory.knows(key):
            return Identity(key)
        found = self.directory.at_domain(domain) if domain else ""
        found = found or self.directory.of_name(name, domain)
        return Identity(found, self.directory.names[found]) if found else Identity(key)


def address_of(record: Record) -> str:
    return record.text("contacts.email").split(";")[0]


def domain_of_address(record: Record) -> str:
    """A company's own mail domain names it; a mail provider's names nobody."""
    domain = domain_of(address_of(record))
    return "" if is_shared_domain(domain) else domain
