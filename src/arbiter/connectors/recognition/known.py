"""The customers and contacts we have, as a directory to find them in."""

from arbiter.accounts.queries import contacts, customers
from arbiter.connectors.tables.directory import Directory

_PIECE = 5_000


def everybody() -> Directory:
    """Everyone on record, archived customers too: they are still who they are."""
    directory = Directory()
    everyone = customers.everybody()
    rows = everyone.order_by("pk").values_list("key", "name", "domain")
    for key, name, domain in rows.iterator(chunk_size=_PIECE):
        directory.add_customer(key, name, domain)
    people = contacts.of_customers(everyone).exclude(email="")
    pairs = people.values_list("key", "customer__key", "email")
    for key, customer, email in pairs.iterator(chunk_size=_PIECE):
        directory.add_contact(key, customer, email)
    return directory
