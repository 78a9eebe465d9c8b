"""The words a form may offer, for faces that know no models."""

from arbiter.engagement.models import TouchpointKind

__all__ = ["TouchpointKind"]
