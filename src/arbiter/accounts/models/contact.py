"""The people at a customer."""

from django.conf import settings
from django.db import models

from arbiter.accounts.models.customer import Customer
from arbiter.foundation.models.stored import Stored


class ContactRole(models.TextChoices):
    """What a contact decides or does; an answer carries the weight of the role."""

    DECISION_MAKER = "decision_maker", "decision maker"
    SPONSOR = "sponsor", "sponsor"
    CHAMPION = "champion", "champion"
    USER = "user", "user"
    PROCUREMENT = "procurement", "procurement"
    OTHER = "other", "other"


class Contact(Stored):
    """A person at a customer. The only kind of person that authors a verdict or an intent.

    Once erased, nothing is left of who they were: only that somebody in their role was there and answered.
    """

    actor_kind = "contact"

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, blank=True)
    role = models.CharField(max_length=20, choices=ContactRole.choices, default=ContactRole.OTHER)
    title = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=20, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    unsubscribed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["email"], name="accounts_contact_by_email")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=ContactRole.values),
                name="accounts_contact_role_is_known",
            ),
        ]


class LawfulBasis(models.TextChoices):
    """Why the law lets us process a contact's data for a purpose (Article 6 of the GDPR)."""

    CONTRACT = "contract", "contract"
    LEGITIMATE_INTEREST = "legitimate_interest", "legitimate interest"
    CONSENT = "consent", "consent"
    NONE = "none", "none"


class Basis(models.Model):
    """On what ground a contact's data serve a purpose, from a moment on; the latest counts."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="bases")
    purpose = models.CharField(max_length=20)
    basis = models.CharField(max_length=20, choices=LawfulBasis.choices)
    evidence = models.TextField(blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(basis__in=LawfulBasis.values), name="accounts_basis_is_known"
            ),
        ]
