"""What the journal says, for tests."""

from arbiter.foundation.models import Fact


def last_fact() -> Fact:
    """The newest line."""
    return Fact.objects.latest("id")


def fact_names() -> list[str]:
    """The names of all lines in order."""
    return list(Fact.objects.order_by("id").values_list("name", flat=True))
