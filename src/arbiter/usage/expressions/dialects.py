"""SQL of an expression in the words of an engine: what Ibis compiles, put right where engines would not agree."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import ibis
    from sqlglot import exp

Dialect = Literal["duckdb", "postgres", "pyspark", "clickhouse"]
DIALECTS: tuple[Dialect, ...] = ("duckdb", "postgres", "pyspark", "clickhouse")
PROPERTY = "property_text"
"""The function that reads a property as text; each engine has its own name for it."""
NTH = "nth_moment"
"""The n-th earliest of moments, likewise."""


def sql(expr: ibis.Table, *, dialect: Dialect) -> str:
    """Return the statement that gives the rows of an expression on an engine.

    Examples:
        >>> import ibis
        >>> events = ibis.table({"user_id": "string", "event": "string"}, name="events")
        >>> print(sql(events.select("user_id"), dialect="duckdb"))
        SELECT
          "t0"."user_id"
        FROM "events" AS "t0"
    """
    return _compiled(expr.unbind().op(), dialect)


@lru_cache(maxsize=256)
def _compiled(operation: Any, dialect: Dialect) -> str:
    """The statement of an operation. The same question is asked again and again, and compiling takes longer than little logs."""
    compiler = _compiler(dialect)
    tree = compiler.to_sqlglot(operation.to_expr())
    return str(tree.transform(_fitting(dialect)).sql(dialect=compiler.dialect, pretty=True))


def _compiler(dialect: Dialect) -> Any:
    import ibis.backends.sql.compilers as compilers
    from ibis import options
    from ibis.config import Config

    if dialect == "pyspark" and options.pyspark is None:
        # Ibis sets this when it loads its own engine, which it would need pandas for.
        class Spark(Config):  # type: ignore[misc]
            treat_nan_as_null: bool = False

        options.pyspark = Spark()
    return getattr(compilers, dialect).compiler


def _fitting(dialect: Dialect) -> Callable[[exp.Expression], exp.Expression]:
    from sqlglot import exp

    def fit(node: exp.Expression) -> exp.Expression:
        name = _called(node)
        if name == PROPERTY:
            text, key = node.expressions
            return _PROPERTY[dialect](text, str(key.this))
        if name == NTH:
            return _NTH[dialect](*node.expressions)
        if dialect in {"postgres", "pyspark"} and name in _TRUNCATES:
            return exp.cast(node, "date")
        if dialect == "pyspark" and name == "regexpsplit":
            # There it is a pattern by which a text is split.
            return _call("split", node.this, _text(f"[{node.expression.this}]"))
        if dialect == "clickhouse" and name in _CLICKHOUSE:
            return _CLICKHOUSE[name](node)
        return node

    return fit


def _called(node: exp.Expression) -> str:
    """The name of a function that has no type of its own in the tree, in small letters."""
    from sqlglot import exp

    return str(node.this).lower() if isinstance(node, exp.Anonymous) else str(node.key)


def _call(name: str, *arguments: exp.Expression) -> exp.Expression:
    from sqlglot import exp

    return exp.Anonymous(this=name, expressions=list(arguments))


def _text(value: str) -> exp.Expression:
    from sqlglot import exp

    return exp.Literal.string(value)


def _in_duckdb(properties: exp.Expression, key: str) -> exp.Expression:
    pointer = key.replace("~", "~0").replace("/", "~1")
    return _call("json_extract_string", properties, _text(f"/{pointer}"))


def _in_postgres(properties: exp.Expression, key: str) -> exp.Expression:
    from sqlglot import exp

    return _call("json_extract_path_text", exp.cast(properties, "json"), _text(key))


def _in_spark(properties: exp.Expression, key: str) -> exp.Expression:
    return _call("get_json_object", properties, _text(f"$['{key}']"))


def _in_clickhouse(properties: exp.Expression, key: str) -> exp.Expression:
    raw = _call("JSONExtractRaw", properties, _text(key))
    return _call("replaceRegexpAll", raw, _text('^"|"$'), _text(""))


_PROPERTY: dict[Dialect, Callable[[exp.Expression, str], exp.Expression]] = {
    "duckdb": _in_duckdb,
    "postgres": _in_postgres,
    "pyspark": _in_spark,
    "clickhouse": _in_clickhouse,
}


def _nth_in_duckdb(at: exp.Expression, n: exp.Expression) -> exp.Expression:
    return _call("list_extract", _call("min", at, n), n.copy())


def _nth_in_postgres(at: exp.Expression, n: exp.Expression) -> exp.Expression:
    from sqlglot import exp

    ordered = exp.Order(this=at, expressions=[exp.Ordered(this=at.copy())])
    return exp.Bracket(this=exp.paren(exp.ArrayAgg(this=ordered)), expressions=[n], offset=1)


def _nth_in_spark(at: exp.Expression, n: exp.Expression) -> exp.Expression:
    from sqlglot import exp

    # `get` counts from 0, and gives nothing where there are fewer. (The n smallest alone are there from Spark 4.2 on.)
    place = exp.Literal.number(int(str(n.this)) - 1)
    return _call("get", _call("array_sort", _call("collect_list", at)), place)


def _nth_in_clickhouse(at: exp.Expression, n: exp.Expression) -> exp.Expression:
    return _call("arrayElement", _call("arraySort", _call("groupArray", at)), n)


_NTH: dict[Dialect, Callable[[exp.Expression, exp.Expression], exp.Expression]] = {
    "duckdb": _nth_in_duckdb,
    "postgres": _nth_in_postgres,
    "pyspark": _nth_in_spark,
    "clickhouse": _nth_in_clickhouse,
}

# There the first day of a month is a moment; it was asked of a day, and is one.
_TRUNCATES = {"timestamptrunc", "datetrunc", "date_trunc"}
# `uniq` is an estimate; and moments would lose what is below a second.
_CLICKHOUSE: dict[str, Callable[[exp.Expression], exp.Expression]] = {
    "approxdistinct": lambda node: _call("uniqExact", node.this),
    "uniqif": lambda node: _call("uniqExactIf", *node.expressions),
    "parsedatetimebesteffort": lambda node: _call(
        "parseDateTime64BestEffort", node.expressions[0], *_microseconds(), *node.expressions[1:]
    ),
}


def _microseconds() -> list[exp.Expression]:
    from sqlglot import exp

    return [exp.Literal.number(6)]
