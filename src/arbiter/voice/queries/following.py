"""What the same person said later: of several answers to a question the last one counts."""

from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet

from arbiter.voice.models import Answer


def said_later(*same: str) -> QuerySet[Answer]:
    """Return the answers that followed on the one outside, of the same person and kind, and alike in some fields."""
    later = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    alike = {name: OuterRef(name) for name in ("contact", "kind", *same)}
    return Answer.objects.filter(later, at__gte=OuterRef("at"), flagged=False, **alike)
