"""May this person? For faces, which know no permissions of ours."""

from arbiter.metrics.permissions import may_manage, may_see

__all__ = ["may_manage", "may_see"]
