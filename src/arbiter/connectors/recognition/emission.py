"""From a read row to rows of the workspace files, parents before children."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from arbiter.connectors.recognition.identities import (
    JOIN,
    SAME_NAME_ANSWER,
    Identifier,
    Identity,
    address_of,
    domain_of_address,
)
from arbiter.connectors.recognition.said import NOBODY, Said, says_something
from arbiter.connectors.recognition.terms import (
    Term,
    decision_columns,
    money_columns,
    plain_columns,
    term_of,
)
from arbiter.connectors.tables.directory import Directory
from arbiter.connectors.tables.keys import key_of
from arbiter.connectors.tables.records import LeftOut, Record
from arbiter.connectors.tables.shapes import Circumstances, Shape
from arbiter.connectors.tables.targets import SIGNAL, SLOTS

Workspace = tuple[str, dict[str, str]]
_CUSTOMER_TEXT = (
    "domain", "segment", "industry", "region", "owner_email", "stage", "parent_id", "why_bought", "promised_value",
)  # fmt: skip
_WHO = {"customers.customer_id", "customers.name", "customers.domain"}
_NO_TERM = "no renewal date, so the customer was taken without a contract"
_TOO_LATE = "the belief is dated after the contract ended, so it was left out"
_OTHER_CONTACT = "says something else of a contact than an earlier row; the earlier one was taken"
_OTHER_SIGNAL = "gives another number for the same customer and moment than an earlier row; the earlier one was taken"
_REPEATS = "repeats an earlier row word for word, so it was left out"
_UNKNOWN_COMPANY = (
    "left out because its company is not among your customers; import the companies first"
)


@dataclass(slots=True)
class Told:
    """What the files of one import have said already, so that nobody is said twice."""

    customers: dict[str, bytes] = field(default_factory=dict)
    contacts: dict[str, bytes] = field(default_factory=dict)
    signals: dict[bytes, str] = field(default_factory=dict)


@dataclass(slots=True)
class Emission:
    """Turns records into workspace rows."""

    shape: Shape
    circumstances: Circumstances
    directory: Directory
    told: Told = field(default_factory=Told)
    _contracts: dict[str, list[bytes]] = field(default_factory=dict)
    said: Said = field(init=False)

    def __post_init__(self) -> None:
        self.said = Said(self.shape, self.circumstances)

    def rows(
        self, record: Record, custom: dict[str, str], cells: tuple[str, ...]
    ) -> list[Workspace]:
        """Every workspace row that one source row gives.

        Raises:
            LeftOut: the row is not wanted. RowRefused: it cannot be taken.
        """
        self.shape.refine(record, self.circumstances)
        self.said.check_giver(record)
        self._find_company(record)
        identifier = Identifier(
            self.shape,
            self.circumstances.findings,
            self.directory,
            self.circumstances.notes,
            joins_names=self.circumstances.answers.get(SAME_NAME_ANSWER) == JOIN,
        )
        identity = identifier.identify(record)
        customer = identity.customer_id
        if self.shape.needs_known_customer and not self.directory.knows(customer):
            raise LeftOut(_UNKNOWN_COMPANY)
        term = term_of(record, self.circumstances)
        contract = self._contract(record, customer, term, cells)
        told = list(self.said.rows(record, customer, self._giver(record, customer)))
        return [
            *self._customer(record, identity, custom),
            *(
                self._contacts(record, customer)
                if not self._is_known_giver(record, customer, told)
                else ()
            ),
            *contract,
            *told,
            *self._belief(record, contract, term),
            *self._signals(record, customer),
        ]

    def _find_company(self, record: Record) -> None:
        """Let whoever answers without naming a company be at the one of their address.

        Raises:
            LeftOut: a mail provider's address, and nobody we know.
        """
        if not says_something(record) or _WHO & record.keys():
            return
        domain = domain_of_address(record)
        known = self.directory.customer_of(address_of(record)) or self.directory.at_domain(domain)
        if not known and not domain:
            raise LeftOut(NOBODY)
        if not known:
            record["customers.domain"] = domain

    def _customer(
        self, record: Record, identity: Identity, custom: dict[str, str]
    ) -> Iterator[Workspace]:
        """Once for each customer, and again when a later row says something else."""
        if self.shape.needs_known_customer:
            return
        key, name = identity.customer_id, identity.known_as or record.text("customers.name")
        row = {
            "customer_id": key,
            "name": name or self.directory.names.get(key, "") or record.text("customers.domain"),
        }
        skipped = {"domain"} if identity.known_as else set()
        for column in _CUSTOMER_TEXT:
            if column not in skipped and (text := record.text(f"customers.{column}")):
                row[column] = text.split(";")[0] if column == "owner_email" else text
        if since := record.day("customers.since"):
            row["since"] = since.isoformat()
        row.update(custom)
        if not row["name"]:
            return
        if self._is_news(key, row):
            self.directory.add_customer(key, row["name"], record.text("customers.domain"))
            yield "customers.csv", row

    def _is_news(self, key: str, row: dict[str, str]) -> bool:
        if row.keys() <= {"customer_id", "name"} and self.directory.knows(key):
            return key not in self.told.customers and row["name"] != self.directory.names[key]
        digest = _digest(*row.items())
        if self.told.customers.get(key) == digest:
            return False
        self.told.customers[key] = digest
        return True

    def _contacts(self, record: Record, customer: str) -> Iterator[Workspace]:
        named = {target.partition(".")[0] for target in record}
        for slot in ("contacts", *SLOTS):
            if slot not in named:
                continue
            addresses = record.text(f"{slot}.email").split(";")
            names = _names(record, slot, len(addresses))
            for name, address in zip(names, addresses, strict=True):
                if name or address:
                    row = self._contact(record, slot, customer, name, address)
                    if self._is_first(row, record.line):
                        yield "contacts.csv", row

    def _giver(self, record: Record, customer: str) -> str:
        """The key of the contact whose row it is."""
        address = record.text("contacts.email").split(";")[0]
        return self._contact_key(record, "contacts", customer, _names(record, "contacts", 1)[0], address)  # fmt: skip

    def _is_known_giver(self, record: Record, customer: str, told: list[Workspace]) -> bool:
        """Whoever we know keeps the name we know them by: a survey tool often has none but the address."""
        address = record.text("contacts.email").split(";")[0]
        known = bool(told) and bool(address) and bool(self.directory.contact(customer, address))
        return known and "contacts.contact_id" not in record

    def _contact_key(
        self, record: Record, slot: str, customer: str, name: str, address: str
    ) -> str:
        own = record.text(f"{slot}.contact_id")
        known = self.directory.contact(customer, address) if address else ""
        return self.shape.prefixed(own) if own else known or address or f"{customer}/{key_of(name)}"

    def _is_first(self, contact: dict[str, str], line: int) -> bool:
        """A person on several rows is taken from the first."""
        digest = _digest(*contact.items())
        before = self.told.contacts.setdefault(contact["contact_id"], digest)
        if before is not digest and before != digest:
            self.circumstances.notes.add(_OTHER_CONTACT, line)
        return before is digest

    def _contact(
        self, record: Record, slot: str, customer: str, name: str, address: str
    ) -> dict[str, str]:
        key = self._contact_key(record, slot, customer, name, address)
        self.directory.add_contact(key, customer, address)
        row = {
            "contact_id": key,
            "customer_id": customer,
            "name": name or address,
            "email": address,
        }
        row["role"] = slot if slot in SLOTS else record.text("contacts.role")
        for column in ("title", "language"):
            row[column] = record.text(f"{slot}.{column}")
        for column in ("joined_on", "left_on"):
            day = record.day(f"{slot}.{column}")
            row[column] = day.isoformat() if day else ""
        return {column: text for column, text in row.items() if text}

    def _contract(
        self, record: Record, customer: str, term: Term | None, cells: tuple[str, ...]
    ) -> list[Workspace]:
        if term is None:
            if any(name.startswith("contracts.") for name in record):
                self.circumstances.notes.add(_NO_TERM, record.line)
            return []
        key = self._contract_key(record, customer, term, cells)
        row = {
            "contract_id": key,
            "customer_id": customer,
            "starts_on": term.starts_on.isoformat(),
            "ends_on": term.ends_on.isoformat(),
            **money_columns(record, term, self.circumstances),
            **plain_columns(record),
            **decision_columns(record, term, self.circumstances),
        }
        return [("contracts.csv", row)]

    def _contract_key(
        self, record: Record, customer: str, term: Term, cells: tuple[str, ...]
    ) -> str:
        """The file's own id; else customer, product and end, numbered when two rows share them."""
        own = record.text("contracts.contract_id").strip()
        if own:
            return self.shape.prefixed(own)
        product = key_of(record.text("contracts.product"))
        base = "/".join(filter(None, (customer, product, term.ends_on.isoformat())))
        digest = _digest(*cells)
        earlier = self._contracts.setdefault(base, [])
        if digest in earlier:
            raise LeftOut(_REPEATS)
        earlier.append(digest)
        return base if len(earlier) == 1 else f"{base}-{len(earlier)}"

    def _belief(
        self, record: Record, contract: list[Workspace], term: Term | None
    ) -> Iterator[Workspace]:
        """A belief about how a contract ends, held before it ended."""
        probability = record.number("beliefs.probability")
        if probability is None or term is None:
            return
        if self._moment(record, "beliefs.at")[:10] > term.ends_on.isoformat():
            self.circumstances.notes.add(_TOO_LATE, record.line)
            return
        row = {
            "contract_id": contract[0][1]["contract_id"],
            "at": self._moment(record, "beliefs.at"),
            "probability": _plain(probability),
            "reason": record.text("beliefs.reason"),
            "by_email": record.text("beliefs.by_email").split(";")[0],
        }
        yield "beliefs.csv", {column: text for column, text in row.items() if text}

    def _signals(self, record: Record, customer: str) -> Iterator[Workspace]:
        for target in record:
            if not target.startswith(SIGNAL) or target == "signals.at":
                continue
            value = record.number(target)
            name, at = target.removeprefix(SIGNAL), self._moment(record, "signals.at")
            if value is not None and self._is_new(customer, name, at, value, record.line):
                row = {"customer_id": customer, "name": name, "at": at, "value": _plain(value)}
                yield "signals.csv", row

    def _is_new(self, customer: str, name: str, at: str, value: Decimal, line: int) -> bool:
        """One number of a name at a moment; a second row that says another is told, not taken."""
        key, text = _digest(customer, name, at), _plain(value)
        if key not in self.told.signals:
            self.told.signals[key] = text
            return True
        if self.told.signals[key] != text:
            self.circumstances.notes.add(_OTHER_SIGNAL, line)
        return False

    def _moment(self, record: Record, target: str) -> str:
        """When a number was true: the row's own moment, else the day answered for the file."""
        own = record.get(target)
        if isinstance(own, datetime):
            return f"{own.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        day = self.circumstances.answers.get("as_of", "") or self.circumstances.today.isoformat()
        return f"{day}T00:00:00Z"


def _names(record: Record, slot: str, count: int) -> list[str]:
    """One name for each address; where they do not match in number, only the first is named."""
    whole = record.text(f"{slot}.name") or " ".join(
        filter(None, (record.text(f"{slot}.first_name"), record.text(f"{slot}.last_name")))
    )
    names = (
        [name.strip() for name in whole.split(";" if ";" in whole else ",")]
        if count > 1
        else [whole]
    )
    return names if len(names) == count else [whole, *[""] * (count - 1)]


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _digest(*parts: object) -> bytes:
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).digest()
