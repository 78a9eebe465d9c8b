"""`arbiter contacts`: all that is on file about a person, and erasing them, as the law lets them ask."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.db import transaction
from django.utils import timezone

from arbiter.accounts.actions import contacts as actions
from arbiter.accounts.queries import contacts as known
from arbiter.cli.database import set_up_if_new
from arbiter.connectors.workspace_files import about_person
from arbiter.foundation.models import Person
from arbiter.foundation.refusals import Refusal

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact


class NobodyKnown(Refusal):
    """No contact has this address or id."""


@click.group()
def contacts() -> None:
    """What is on file about a person: take it out for them, or erase it."""
    set_up_if_new()


@contacts.command()
@click.argument("who", metavar="EMAIL|ID")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for machines.")
def export(*, who: str, file: Path, as_json: bool) -> None:
    """Write all that is on file about a person into FILE, a zip of JSON and CSV."""
    found = _found(who)
    with file.open("wb") as held:
        counts = about_person.export(found, held, by=Person.objects.system(), at=timezone.now())
    if as_json:
        click.echo(json.dumps({"file": str(file), "contacts": len(found), "rows": counts}))
        return
    for name, rows in counts.items():
        if rows:
            click.echo(f"{name}: {rows:,} {'row' if rows == 1 else 'rows'}")
    click.echo(f"Written to {file}.")


@contacts.command()
@click.argument("who", metavar="EMAIL|ID")
@click.option("--yes", is_flag=True, help="Do not ask again.")
def erase(*, who: str, yes: bool) -> None:
    """Erase a person and every word of theirs, at every customer they are a contact of. There is no way back."""
    found = _found(who)
    for contact in found:
        click.echo(f"{contact.name}, {contact.get_role_display()} at {contact.customer.name}")
    if not yes:
        click.confirm("Erase this for good?", abort=True)
    with transaction.atomic():
        for contact in found:
            actions.erase(contact=contact, by=Person.objects.system(), at=timezone.now())
    click.echo("Erased. The worker erases what they did in the product.")


def _found(who: str) -> list[Contact]:
    """The contacts of an address, or the one of an id.

    Raises:
        NobodyKnown: there is none.
    """
    found = list(known.known_as(who))
    if not found:
        raise NobodyKnown(f"No contact has the address or id {who}.")
    return found
