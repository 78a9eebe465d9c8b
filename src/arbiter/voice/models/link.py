"""Personal links and the codes that guard high-stakes answers."""

from django.conf import settings
from django.db import models


class Revoked(models.TextChoices):
    """Why a link no longer opens."""

    BY_US = "by_us", "revoked by us"
    WRONG_PERSON = "wrong_person", "it reached the wrong person"


class PersonalLink(models.Model):
    """A contact's own address to answer at. Only the hash of its token is kept; it expires and can be revoked.

    `posts` counts what was sent through it since `posts_since`, so that one link cannot flood us.
    """

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
    revoked_because = models.CharField(max_length=12, choices=Revoked.choices, blank=True)
    posts = models.PositiveIntegerField(default=0)
    posts_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_because="")
                | models.Q(revoked_at__isnull=False) & ~models.Q(revoked_because=""),
                name="voice_link_revoked_has_cause",
            ),
        ]


class AnswerCode(models.Model):
    """Six digits mailed to a contact before a high-stakes answer counts. Only a hash is kept."""

    link = models.ForeignKey(PersonalLink, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
