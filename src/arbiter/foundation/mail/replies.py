"""The mailbox where replies arrive, as `EMAIL_REPLIES_URL` names it. No Django models here: the settings read it at the start."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from arbiter.foundation.mail.server import Security

SCHEMES = {
    "imap": (Security.NONE, 143),
    "imap+tls": (Security.STARTTLS, 143),
    "imaps": (Security.TLS, 993),
}


@dataclass(frozen=True)
class Mailbox:
    """Where replies are fetched. Its `repr` and `str` never hold the password."""

    host: str
    port: int
    security: Security
    user: str
    password: str
    folder: str = "INBOX"

    @classmethod
    def parse(cls, url: str) -> Mailbox | None:
        """Read `imaps://user:password@host:port/folder`, or `imap+tls://` (STARTTLS), or `imap://`; empty is None.

        Raises:
            ImproperlyConfigured: the address cannot be understood, or lacks a user.
        """
        if not url:
            return None
        parts = urlsplit(url)
        if parts.scheme not in SCHEMES or not parts.hostname or not parts.username:
            raise ImproperlyConfigured(
                f"EMAIL_REPLIES_URL starts with {parts.scheme or 'nothing'!r}: "
                "use imaps://, imap+tls:// or imap://, then user:password@host:port/folder."
            )
        security, usual_port = SCHEMES[parts.scheme]
        try:
            port = parts.port or usual_port
        except ValueError as problem:
            raise ImproperlyConfigured(f"EMAIL_REPLIES_URL: {problem}.") from problem
        return cls(
            host=parts.hostname,
            port=port,
            security=security,
            user=unquote(parts.username),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
        )

    def __repr__(self) -> str:
        return f"{self.folder} of {self.user} at {self.host}:{self.port} ({self.security})"

    __str__ = __repr__
