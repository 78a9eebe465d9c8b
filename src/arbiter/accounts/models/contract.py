"""Terms and how they ended."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from arbiter.accounts.models.customer import Customer
from arbiter.foundation.models.stored import Stored


class Contract(Stored):
    """A term with a start, an end and a yearly value. Open until a renewal is decided."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contracts")
    starts_on = models.DateField()
    ends_on = models.DateField()
    arr = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)
    plan = models.CharField(max_length=100, blank=True)
    product = models.CharField(max_length=100, blank=True)
    auto_renew = models.BooleanField(null=True, blank=True)
    notice_days = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["ends_on", "id"], name="accounts_contract_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="accounts_contract_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(arr__isnull=True) | ~Q(currency=""),
                name="accounts_contract_arr_has_currency",
            ),
        ]


class Decision(models.TextChoices):
    """How a term ended."""

    RENEWED = "renewed", "renewed"
    EXPANDED = "expanded", "expanded"
    CONTRACTED = "contracted", "contracted"
    CHURNED = "churned", "churned"


class ChurnCause(models.TextChoices):
    """Whose doing a loss was."""

    OURS = "ours", "ours"
    EXTERNAL = "external", "external"
    PAYMENT = "payment", "payment"


class Renewal(models.Model):
    """The decision at the end of a contract: who recorded it, when it was true and when we learnt it."""

    contract = models.OneToOneField(Contract, models.CASCADE, related_name="renewal")
    decision = models.CharField(max_length=12, choices=Decision.choices)
    decided_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    new_arr = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    churn_reason = models.TextField(blank=True)
    churn_cause = models.CharField(max_length=10, choices=ChurnCause.choices, blank=True)
    avoidable = models.BooleanField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    import_id = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=Decision.values), name="accounts_renewal_decision_is_known"
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.CHURNED)
                | Q(churn_cause="", churn_reason="", evidence="", avoidable__isnull=True),
                name="accounts_renewal_only_churn_has_cause",
            ),
        ]
