"""Looking for a customer by any part of a word must not read the wide rows of the read model.

PostgreSQL has an index for that in an extension that is not everywhere: it is used where it can be had. Without
it, and on SQLite, the words are read through, on SQLite from a narrow index.
"""

from django.db import DatabaseError, migrations, transaction

NAME = "forecast_standing_words"


def build(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        schema_editor.execute(f"CREATE INDEX {NAME} ON forecast_standing (archived, words, customer_id)")
    elif connection.vendor == "postgresql" and _has_trigrams(connection):
        schema_editor.execute(
            f"CREATE INDEX {NAME} ON forecast_standing USING gin (words gin_trgm_ops)"
        )


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP INDEX IF EXISTS {NAME}")


def _has_trigrams(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
        if cursor.fetchone() is None:
            return False
        try:
            with transaction.atomic(using=connection.alias):
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except DatabaseError:
            # This user may not add extensions; an administrator can, and build the index.
            return False
    return True


class Migration(migrations.Migration):
    dependencies = [("forecast", "0001_first")]

    operations = [migrations.RunPython(build, drop)]
