"""`arbiter keys`: keys with which programs read and write in a colleague's name."""

from __future__ import annotations

import click
from django.utils import timezone

from arbiter.foundation.actions import api_keys as actions
from arbiter.foundation.models import Person
from arbiter.foundation.queries import api_keys, people


@click.group()
def keys() -> None:
    """Make, list and revoke the keys of programs."""


@keys.command()
@click.option("--person", "email", required=True, help="Address of the colleague it acts for.")
@click.option("--name", required=True, help="What it is for.")
def make(*, email: str, name: str) -> None:
    """Make a key and tell it, this once."""
    person = people.by_email(email)
    if person is None:
        raise click.UsageError(f"No colleague has the address {email}.")
    key, text = actions.make(
        person=person, name=name, by=Person.objects.system(), at=timezone.now()
    )
    click.echo(f"Key {key.pk} of {person.email}. It is told this once:", err=True)
    click.echo(text)


@keys.command("list")
def list_() -> None:
    """List the keys, without their texts."""
    for key in api_keys.every():
        state = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else "in use"
        click.echo(
            f"{key.pk:>5}  {key.made_at:%Y-%m-%d}  {state:<18}  {key.person.email}  {key.name}"
        )


@keys.command()
@click.argument("number", type=int)
def revoke(*, number: int) -> None:
    """Let a key open nothing any more."""
    key = api_keys.every().filter(pk=number).first()
    if key is None:
        raise click.UsageError(f"There is no key {number}.")
    actions.revoke(key=key, by=Person.objects.system(), at=timezone.now())
    click.echo(f"Key {number} is revoked.")
