"""The database before a command uses it."""

from django.core.management import call_command
from django.db import connection


def set_up_if_new() -> None:
    """Make the tables where there are none: a first import needs no other command before it."""
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
