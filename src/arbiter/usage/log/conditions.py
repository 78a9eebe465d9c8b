"""What a row of a file must be to be an event: one list, by which rows are taken and by which words are found.

Everything is SQL for DuckDB over a table `told` that has each column as text, empty as NULL, and moments read already.
"""

from __future__ import annotations

from typing import NamedTuple

from arbiter.usage.wire.limits import (
    LONGEST_CUSTOMER,
    LONGEST_MESSAGE_ID,
    LONGEST_NAME,
    LONGEST_USER,
)

REQUIRED = ("message_id", "at", "customer_id", "event")
TEXTS = ("message_id", "customer_id", "user_id", "anonymous_id", "kind", "event", "properties")
MOMENTS = ("at", "recorded_at")
COLUMNS = ("message_id", "at", "customer_id", "user_id", "event", "properties", "recorded_at", "kind", "anonymous_id")  # fmt: skip
KINDS = ("track", "page", "screen", "identify", "group", "alias")

_ZONE = "([Zz]|[+-][0-9]{2}:[0-9]{2})"
_CLOCK = "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}"
_INSTANT = rf"{_CLOCK}:[0-9]{{2}}(\.[0-9]+)?{_ZONE}"
_NO_ZONE = rf"{_CLOCK}(:[0-9]{{2}}(\.[0-9]+)?)?"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

# Half the MD5, as `rows.hashes` counts it, of the source and the message id.
HASH = """(CASE WHEN md5_number_lower({source} || ':' || message_id) > 9223372036854775807::UBIGINT
THEN -1 - (18446744073709551615::UBIGINT - md5_number_lower({source} || ':' || message_id))::BIGINT
ELSE md5_number_lower({source} || ':' || message_id)::BIGINT END)"""


class Rule(NamedTuple):
    """What must be true of a column, and what is said where it is not."""

    column: str
    holds: str
    reason: str


def rules(until: str) -> list[Rule]:
    """Return all of them; nothing may have happened after a moment, given as text."""
    return [
        _required("message_id"),
        _short("message_id", LONGEST_MESSAGE_ID),
        _required("at"),
        *(_readable(name) for name in MOMENTS),
        Rule(
            "at",
            f"at_moment IS NULL OR at_moment <= '{until}'::TIMESTAMPTZ",
            "'it lies in the future. Correct it.'",
        ),
        Rule(
            "customer_id",
            "customer_id IS NOT NULL OR (kind IS NOT NULL AND coalesce(user_id, anonymous_id) IS NOT NULL)",
            "'it is missing. Give the key of the customer.'",
        ),
        _short("customer_id", LONGEST_CUSTOMER),
        _short("user_id", LONGEST_USER),
        _short("anonymous_id", LONGEST_USER),
        Rule(
            "kind",
            f"kind IS NULL OR kind IN {KINDS!r}",
            f"'there is no such kind. Use one of {', '.join(KINDS)}.'",
        ),
        Rule(
            "event",
            "event IS NOT NULL OR coalesce(kind, 'track') <> 'track'",
            "'it is missing. Say what happened.'",
        ),
        _short("event", LONGEST_NAME),
        Rule(
            "properties",
            "CASE WHEN properties IS NULL THEN true WHEN NOT json_valid(properties) THEN false "
            "ELSE json_type(properties) = 'OBJECT' END",
            '\'it is no JSON object. Write it as {"plan": "pro"}.\'',
        ),
    ]


def moment(text: str) -> str:
    """Return SQL that reads a moment from text, NULL where it is none. A date alone is the start of that day."""
    return (
        f"CASE WHEN regexp_full_match({text}, '{_DAY}') THEN TRY_CAST({text} || 'T00:00:00Z' AS TIMESTAMPTZ) "
        f"WHEN regexp_full_match({text}, '{_INSTANT}') THEN TRY_CAST(upper({text}) AS TIMESTAMPTZ) END"
    )


def _required(column: str) -> Rule:
    return Rule(column, f"{column}_text IS NOT NULL" if column in MOMENTS else f"{column} IS NOT NULL",
                "'it is missing. Every event needs it.'")  # fmt: skip


def _short(column: str, most: int) -> Rule:
    return Rule(
        column,
        f"coalesce(length({column}), 0) <= {most}",
        f"'it is ' || length({column}) || ' characters long. Keep it to {most}.'",
    )


def _readable(column: str) -> Rule:
    text = f"{column}_text"
    return Rule(
        column,
        f"{text} IS NULL OR {column}_moment IS NOT NULL",
        f"CASE WHEN regexp_full_match({text}, '{_INSTANT}') OR regexp_full_match({text}, '{_DAY}') "
        "THEN 'there is no such instant. Correct it.' "
        f"WHEN regexp_full_match({text}, '{_NO_ZONE}') "
        "THEN 'it does not say in which time zone. Add Z, or an offset such as +02:00.' "
        "ELSE 'it is not an instant. Write it as YYYY-MM-DDTHH:MM:SSZ.' END",
    )
