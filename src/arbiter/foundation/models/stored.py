"""What every noun that can be imported has in common."""

import uuid

from django.db import models


def new_key() -> str:
    """Return a key for something made in the application: it needs no meaning, only to be alone."""
    return uuid.uuid4().hex


class Stored(models.Model):
    """A row known by its user's own key; it came by hand or by an import, which can be undone.

    `custom` keeps the columns that the file had and we do not know: text by column name.
    """

    key = models.CharField(max_length=200, unique=True, default=new_key)
    custom = models.JSONField(default=dict, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        abstract = True
