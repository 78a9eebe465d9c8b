"""The day whose knowledge a command uses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def as_of(told: str) -> Callable[[F], F]:
    """The option `--as-of`, with what is told of it: the last moment in UTC of the day given."""
    return click.option(
        "--as-of",
        metavar="DAY",
        callback=_end_of_day,
        help=f"{told} recorded by the end of this day (UTC); now unless given.",
    )


def _end_of_day(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        told = datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day. Write it as 2026-03-31.") from None
    return datetime.combine(told.date(), time.max, UTC)
