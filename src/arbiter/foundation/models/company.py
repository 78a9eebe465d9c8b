"""Who runs this installation."""

from django.db import models


class Company(models.Model):
    """The vendor: the one company whose customers these are. There is one row, made on the first run."""

    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3, default="EUR")
    set_up_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "companies"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="foundation_company_is_one"),
        ]
