"""How a mail program says by mail that somebody wants no more: the subject that our header gives it, read again."""

from __future__ import annotations

import re
from urllib.parse import quote

WORD = "unsubscribe"
# At the end, whatever a gateway has put before it.
SUBJECT = re.compile(rf"(?:^|[\s\]:]){WORD}\s+([A-Za-z0-9_-]{{20,64}})\s*$", re.IGNORECASE)


def address(inbox: str, token: str) -> str:
    """Return the address that a mail program writes to (RFC 6068); the token of the link says for whom.

    Examples:
        >>> address("replies+in@example.com", "abc")
        'mailto:replies+in@example.com?subject=unsubscribe%20abc'
    """
    return f"mailto:{quote(inbox, safe='@+')}?subject={quote(f'{WORD} {token}')}"


def token_in(subject: str) -> str:
    """Return the token in the subject of such a mail; empty where it is another mail.

    Examples:
        >>> token_in("[External] Unsubscribe aaaaaaaaaabbbbbbbbbbcc")
        'aaaaaaaaaabbbbbbbbbbcc'
        >>> token_in("Re: How do I unsubscribe from this?")
        ''
    """
    found = SUBJECT.search(subject)
    return found[1] if found else ""
