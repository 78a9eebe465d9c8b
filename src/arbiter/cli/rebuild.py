"""`arbiter rebuild`: write the read model anew from the facts."""

import click
from django.utils import timezone

from arbiter.forecast import actions


@click.command()
def rebuild() -> None:
    """Rewrite where every customer stands from what is stored: safe at any time, changes no fact."""
    customers = actions.standings.rebuild(as_of=timezone.now())
    click.echo(f"Rewrote where {customers:,} customers stand.")
