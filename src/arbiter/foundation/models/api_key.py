"""Keys with which programs read and write in a person's name."""

from django.db import models

from arbiter.foundation.models.person import Person


class ApiKey(models.Model):
    """A key for programs that acts as its person: what that role may see and do, and no more.

    Only its hash is kept; the key itself is shown once, when it is made. Revoked, it stays on file. `last_used_at` is
    true to the hour.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=100)
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
