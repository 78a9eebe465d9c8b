"""`arbiter rebuild`: learn from the decided renewals, and write the read model anew from the facts."""

import click
from django.utils import timezone

from arbiter.cli.forecasts import say_learning
from arbiter.forecast import actions


@click.command()
def rebuild() -> None:
    """Learn from what was decided and rewrite where every customer stands: safe at any time, changes no fact."""
    now = timezone.now()
    anchor = actions.anchors.set_anew(as_of=now, progress=say_learning)
    customers = actions.standings.rebuild(as_of=now)
    learnt = anchor.learning.renewals if anchor.learning else 0
    click.echo(
        f"Learnt from {learnt:,} decided renewals; rewrote where {customers:,} customers stand."
    )
