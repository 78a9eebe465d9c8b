"""What a cell can hold, drawn at random (for hypothesis)."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

# Whatever a cell can hold: quotes, delimiters, line ends of all kinds, right-to-left, emoji; no NUL, no half pairs.
_characters = st.characters(exclude_characters="\0", exclude_categories=("Cs",))
texts = st.text(_characters, max_size=12)
words = st.text(_characters, min_size=1, max_size=8).filter(lambda text: text.strip())
keys = words.map(str.strip).filter(bool)
days = st.dates(date(2015, 1, 1), date(2030, 12, 31)).map(date.isoformat)
instants = st.datetimes(datetime(2015, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)).map(
    lambda moment: moment.isoformat()
)
amounts = st.decimals(0, 10**9, places=2, allow_nan=False).map(str)
numbers = st.decimals(-(10**6), 10**6, places=6, allow_nan=False).map(lambda number: f"{number:f}")
probabilities = st.decimals(0, 1, places=4, allow_nan=False).map(lambda number: f"{number:f}")
floats = st.floats(allow_nan=False, allow_infinity=False).map(repr)
people = st.sampled_from(["", "ada@vendor.example", "ben.o@vendor.example"])
booleans = st.sampled_from(["", "true", "false"])


def whole(most):
    return st.integers(0, most)


def maybe(strategy):
    return st.one_of(st.just(""), strategy)


def once(identity, rows):
    """Rows that differ in some columns, the last of those that do not."""
    return list({tuple(row[name] for name in identity): row for row in rows}.values())
