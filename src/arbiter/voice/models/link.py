"""Personal links and the codes that guard high-stakes answers."""

from django.conf import settings
from django.db import models


class PersonalLink(models.Model):
    """A contact's own address to answer at. Only the hash of its token is kept; it expires and can be revoked."""

    contact = models.ForeignKey("accounts.Contact", models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )


class AnswerCode(models.Model):
    """Six digits mailed to a contact before a high-stakes answer counts. Only a hash is kept."""

    link = models.ForeignKey(PersonalLink, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
