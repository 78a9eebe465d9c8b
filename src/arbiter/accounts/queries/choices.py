"""The words a form may offer, for faces that know no models."""

from arbiter.accounts.models.contact import ContactRole
from arbiter.accounts.models.contract import ChurnCause, Decision

# Who is easily glad to answer, and whose answer decides. A customer heard only through the first is not heard.
FRIENDLY_ROLES = frozenset({ContactRole.CHAMPION, ContactRole.USER, ContactRole.OTHER})
DECIDING_ROLES = frozenset(
    {ContactRole.DECISION_MAKER, ContactRole.SPONSOR, ContactRole.PROCUREMENT}
)

__all__ = ["DECIDING_ROLES", "FRIENDLY_ROLES", "ChurnCause", "ContactRole", "Decision"]
