"""`arbiter sample`: the sample company, in and out."""

from __future__ import annotations

import click
from django.utils import timezone

from arbiter.foundation.models import Person
from arbiter.foundation.queries import company, people
from arbiter.foundation.refusals import Refusal
from arbiter.sample import loading


@click.group()
def sample() -> None:
    """Load or remove the sample company, 240 customers with three years of history."""


@sample.command()
def load() -> None:
    """Load it beside whatever is here."""
    report = loading.load(by=_owner(), at=timezone.now())
    rows = sum(counts.created for counts in report.counts.values())
    click.echo(f"Loaded the sample company: {rows:,} rows.")


@sample.command()
def remove() -> None:
    """Remove it with everything that hangs on it."""
    loading.remove(by=_owner(), at=timezone.now())
    click.echo("Removed the sample company.")


def ensure(*, fresh: bool) -> None:
    """Have the demo's installation furnished; `fresh` makes the sample company anew, dated today."""
    now = timezone.now()
    leader = loading.leader()
    if leader is None and company.is_set_up():
        raise Refusal("The demo's folder holds another company. Choose another DATA_DIR.")
    if leader is None:
        click.echo("Making the sample company …")
        loading.furnish(at=now)
    elif fresh or loading.loaded() is None:
        click.echo("Making the sample company anew …")
        if loading.loaded():
            loading.remove(by=leader, at=now)
        loading.load(by=leader, at=now)


def _owner() -> Person:
    owner = people.owner()
    if owner is None:
        raise Refusal(
            "Set up the installation first: run `arbiter serve` and open it in a browser."
        )
    return owner
