"""The people at a customer."""

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
    """A person at a customer. The only kind of person that authors a verdict or an intent."""

    actor_kind = "contact"

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, blank=True)
    role = models.CharField(max_length=20, choices=ContactRole.choices, default=ContactRole.OTHER)
    title = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=20, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    unsubscribed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["email"], name="accounts_contact_by_email")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=ContactRole.values),
                name="accounts_contact_role_is_known",
            ),
        ]
