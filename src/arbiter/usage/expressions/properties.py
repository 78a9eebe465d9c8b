"""Values of an event's properties, which are JSON."""

from __future__ import annotations

import ibis

# So bounded, every engine can hold it: none of them overflows, and none of them fails.
NUMBER = r"^-?[0-9]{1,100}([.][0-9]{1,100})?([eE][-+]?[0-9]{1,2})?$"


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def property_text(properties: str, key: str) -> str:  # type: ignore[empty-body]
    """Stand for each engine's own way to a property's text; `dialects` puts that in its place. Never called itself."""


def number(properties: ibis.expr.types.StringValue, key: str) -> ibis.expr.types.FloatingValue:
    """Return a property's value where it is a number or a text that reads as one, else nothing.

    Raises:
        ValueError: the name is empty, `*`, or holds quotation marks, a backslash or a bracket.
    """
    if not key or key == "*" or set(key) & set("'\"\\[]"):
        raise ValueError(f"The property {key!r} cannot be asked for by that name.")
    # What does not match is empty: so the property is looked for once, not once to match and once to read.
    return property_text(properties, key).re_extract(NUMBER, 0).nullif("").cast("float64")
