"""What the workspace itself keeps: views of the customers page that a colleague wants again."""

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """A name for filters and an order of the customers page, as its address says them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="workspace_savedview_name_once")
        ]
