"""Where measures of usage are counted, from a setting: in this process, on a cluster, or in a warehouse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

Place = Literal["embedded", "cluster", "warehouse"]
NEEDED = ("customer_id", "user_id", "event", "at")
OPTIONAL = ("kind", "day", "recorded_at", "properties", "message_id")
_PLACES: dict[str, Place] = {
    "spark": "cluster",
    "local": "cluster",
    "postgresql": "warehouse",
    "postgres": "warehouse",
}


def understood(address: str, table: str, columns: Sequence[str]) -> None:
    """Look whether the settings of an engine can be understood.

    Raises:
        ImproperlyConfigured: they cannot, with the sentence that says why.
    """
    try:
        place(address)
        quoted(table)
        mapped(columns)
    except ValueError as trouble:
        raise ImproperlyConfigured(str(trouble)) from trouble


def place(address: str) -> Place:
    """Return where an address leads.

    Raises:
        ValueError: it is none of those that are known. Its text may hold a password, so it is not repeated.

    Examples:
        >>> place("embedded"), place("spark://head:7077"), place("postgresql://me@host/events")
        ('embedded', 'cluster', 'warehouse')
    """
    if address == "embedded":
        return "embedded"
    found = _PLACES.get(urlsplit(address).scheme or address.partition("[")[0])
    if found is None:
        raise ValueError(
            "EVENT_ENGINE leads nowhere: use embedded, spark://host:7077 or postgresql://user:password@host/name."
        )
    return found


def mapped(columns: Sequence[str]) -> dict[str, str]:
    """Return which column of a warehouse's table holds what, from words such as `customer_id=account`.

    What is not named is taken to have our name; of the optional ones, those not named are not there.

    Raises:
        ValueError: a word is not of that form, or names a column that events do not have.

    Examples:
        >>> mapped(["customer_id=account", "day=happened_on"])["customer_id"]
        'account'
    """
    found = {name: name for name in NEEDED}
    for word in columns:
        ours, equals, theirs = word.partition("=")
        if not equals or not theirs or ours not in (*NEEDED, *OPTIONAL):
            known = ", ".join((*NEEDED, *OPTIONAL))
            raise ValueError(f"EVENT_COLUMNS has {word!r}: write name=column, name being {known}.")
        found[ours] = theirs
    return found


def quoted(table: str) -> str:
    """Return a table's name for SQL; `schema.table` is a table in a schema.

    Raises:
        ValueError: it is empty, or holds a quotation mark.

    Examples:
        >>> quoted("analytics.events")
        '"analytics"."events"'
    """
    if not re.fullmatch(r'[^".]+([.][^".]+)?', table):
        raise ValueError(f"EVENT_TABLE is {table!r}: give the name of a table, or schema.table.")
    return ".".join(f'"{part}"' for part in table.split("."))
