"""Who runs this installation."""

from django.db import models


class Company(models.Model):
    """The vendor: the one company whose customers these are. There is one row, made on the first run.

    `confirm_by_code` asks contacts for a mailed six-digit code before a verdict or an intent counts.
    `language` and `time_zone` are those of customers and contacts that say none; an empty zone is that of the settings.
    """

    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3, default="EUR")
    set_up_at = models.DateTimeField()
    confirm_by_code = models.BooleanField(default=False)
    language = models.CharField(max_length=20, default="en")
    time_zone = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "companies"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="foundation_company_is_one"),
        ]
