"""The `arbiter` command: what each subcommand is called and where it lives.

Exit codes: 0 done, 1 a problem in the data, 2 wrong use. `--json` gives machine output.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

COMMANDS = {
    "answers": "arbiter.cli.told:answers",
    "asks": "arbiter.cli.told:asks",
    "audit": "arbiter.cli.audits:audit",
    "clv": "arbiter.cli.metrics:clv",
    "backtest": "arbiter.cli.backtest:backtest",
    "contacts": "arbiter.cli.contacts:contacts",
    "demo": "arbiter.cli.serving:demo",
    "doctor": "arbiter.cli.doctor:doctor",
    "events": "arbiter.cli.events:events",
    "export": "arbiter.cli.exports:export",
    "feedback": "arbiter.cli.told:feedback",
    "forecast": "arbiter.cli.forecasts:forecast",
    "import": "arbiter.cli.imports:import_",
    "keys": "arbiter.cli.keys:keys",
    "metrics": "arbiter.cli.metrics:metrics",
    "migrate": "arbiter.cli.serving:migrate",
    "rebuild": "arbiter.cli.rebuild:rebuild",
    "sample": "arbiter.cli.sample:sample",
    "serve": "arbiter.cli.serving:serve",
    "suppressions": "arbiter.cli.suppressions:suppressions",
    "surprises": "arbiter.cli.surprises:surprises",
    "worker": "arbiter.cli.serving:worker",
}


class Commands(click.Group):
    """Loads a subcommand, and Django, only when it is asked for: `arbiter --help` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every subcommand."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one subcommand."""
        if cmd_name not in COMMANDS:
            return None
        _set_up_django()
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command


def _set_up_django() -> None:
    import django
    from django.apps import apps
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arbiter.config.settings")
    if not apps.ready:
        try:
            django.setup()
        except ImproperlyConfigured as problem:
            raise click.UsageError(str(problem)) from problem


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        _set_up_django()
        from django.conf import settings

        click.echo(settings.VERSION)
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Tell the version.",
)
def arbiter() -> None:
    """Customer success in which the customer is the arbiter of value."""


def main(*args: Any) -> None:
    """Run the command line; a refusal is one sentence and exit code 1, never a traceback."""
    from arbiter.foundation.refusals import Refusal

    try:
        arbiter(*args, prog_name="arbiter")
    except Refusal as refusal:
        click.echo(f"arbiter: {refusal}", err=True)
        sys.exit(1)
