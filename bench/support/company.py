"""A company to measure in: its tables, a manager who looks at the pages, and people who look after customers."""

from __future__ import annotations

from datetime import datetime
from typing import Any


def set_up(*, owners: int, at: datetime, **of_company: Any) -> list[Any]:
    """Make the tables and the company, with one manager; return so many people to look after customers."""
    from django.core.management import call_command

    from arbiter.foundation.models import Company, Person

    call_command("migrate", verbosity=0)
    Company.objects.create(pk=1, name="Bench", set_up_at=at, **of_company)
    Person.objects.create_person(email="mona@bench.test", name="Mona", role="manager")
    return [
        Person.objects.create_person(email=f"csm{number}@bench.test", name=f"Person {number}")
        for number in range(owners)
    ]


def filled() -> None:
    """Say that the read model is filled, and let the database look at what it holds."""
    from django.db import connection

    from arbiter.forecast.models import Edition

    Edition.objects.create(pk=1, token="filled")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def manager() -> Any:
    """Return a client in which the manager is signed in."""
    from django.test import Client

    from arbiter.foundation.models import Person

    client = Client(SERVER_NAME="localhost")
    client.force_login(Person.objects.get(role="manager"))
    return client
