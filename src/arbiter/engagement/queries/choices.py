"""The words a form may offer, for faces that know no models."""

from arbiter.engagement.models import TouchpointKind
from arbiter.engagement.rules.digest import Change, Kind

__all__ = ["Change", "Kind", "TouchpointKind"]
