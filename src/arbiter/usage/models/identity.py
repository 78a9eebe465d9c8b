"""Who is who: which customer a user belongs to, and which names mean the same user."""

from django.db import models


class Membership(models.Model):
    """A user was seen at a customer. Both are the keys that the product sends, on file here or not."""

    user_key = models.CharField(max_length=255)
    customer_key = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user_key", "customer_key"], name="usage_membership_once"
            ),
        ]


class Alias(models.Model):
    """Two names of one user: an alias links them either way round."""

    user_key = models.CharField(max_length=255)
    other_key = models.CharField(max_length=255, db_index=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_key", "other_key"], name="usage_alias_once"),
        ]
