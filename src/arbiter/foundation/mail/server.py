"""The mail server as `EMAIL_URL` names it. No Django models here: the settings read it at the start."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


class Security(StrEnum):
    """How the way to the server is kept private."""

    NONE = "none"
    STARTTLS = "STARTTLS"
    TLS = "TLS"


SCHEMES = {
    "smtp": (Security.NONE, 25),
    "smtp+tls": (Security.STARTTLS, 587),
    "smtps": (Security.TLS, 465),
}


@dataclass(frozen=True)
class Server:
    """Where mail goes out. Its `repr` and `str` never hold the password."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = ""
    ca_file: str = ""

    @classmethod
    def parse(cls, url: str, *, ca_file: str = "") -> Server | None:
        """Read `smtp://`, `smtp+tls://` (STARTTLS) or `smtps://` (TLS) `user:password@host:port`; empty is None.

        Raises:
            ImproperlyConfigured: the address or the file of certificates cannot be understood.
        """
        if not url:
            return None
        parts = urlsplit(url)
        if parts.scheme not in SCHEMES or not parts.hostname:
            raise ImproperlyConfigured(
                f"EMAIL_URL starts with {parts.scheme or 'nothing'!r}: "
                "use smtp://, smtp+tls:// or smtps://, then user:password@host:port."
            )
        if ca_file and not Path(ca_file).is_file():
            raise ImproperlyConfigured(f"EMAIL_CA_FILE is {ca_file}: there is no such file.")
        security, usual_port = SCHEMES[parts.scheme]
        return cls(
            host=parts.hostname,
            port=_port(parts, usual_port),
            security=security,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            ca_file=ca_file,
        )

    def __repr__(self) -> str:
        who = f"{self.user} at " if self.user else ""
        return f"{who}{self.host}:{self.port} ({self.security})"

    __str__ = __repr__

    def tls(self) -> ssl.SSLContext:
        """Return the rules for certificates: the system's authorities, or only those in `ca_file`."""
        return ssl.create_default_context(cafile=self.ca_file or None)


def _port(parts: SplitResult, usual: int) -> int:
    try:
        return parts.port or usual
    except ValueError as problem:
        raise ImproperlyConfigured(f"EMAIL_URL: {problem}.") from problem
