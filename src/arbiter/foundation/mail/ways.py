"""How mail leaves: by a mail server or through a provider, as `EMAIL_URL` says. The settings read it at the start."""

from __future__ import annotations

from arbiter.foundation.mail.provider import SCHEME, Provider
from arbiter.foundation.mail.server import Server

Way = Server | Provider


def parse(url: str, *, ca_file: str = "") -> Way | None:
    """Return the mail server or the provider that an address names; None where there is none.

    Raises:
        ImproperlyConfigured: the address or the file of certificates cannot be understood.
    """
    if url.startswith(SCHEME):
        return Provider.parse(url)
    return Server.parse(url, ca_file=ca_file)
