"""The table behind Django's database cache, which counts failed sign-ins across processes."""

from django.db import models


class CacheEntry(models.Model):
    """A cached value. Django's cache reads and writes it by SQL; the migration makes it, no command needed."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "foundation_cache"
        verbose_name_plural = "cache entries"
