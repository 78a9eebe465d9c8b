"""A mail provider that is spoken to through its API, as `EMAIL_URL` names it. What speaks to it is django-anymail, an extra."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEME = "anymail+"
EXTRA = "pip install 'arbiter[mail]'"
# What each provider calls the key that `EMAIL_URL` holds where a password stands; `test` keeps mail in memory.
KEYS = {
    "amazon-ses": "",
    "brevo": "api_key",
    "mailersend": "api_token",
    "mailgun": "api_key",
    "mailjet": "secret_key",
    "mailtrap": "api_token",
    "mandrill": "api_key",
    "postal": "api_key",
    "postmark": "server_token",
    "resend": "api_key",
    "sparkpost": "api_key",
    "test": "",
    "unisender-go": "api_key",
}
# What a user name and a host stand for, where a provider needs more than its key.
USERS = {"mailjet": "api_key"}
HOSTS = {"mailgun": "sender_domain"}


@dataclass(frozen=True)
class Provider:
    """Which provider takes our mail, and what it must be told. Its `repr` and `str` never hold a secret."""

    name: str
    options: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def parse(cls, url: str) -> Provider:
        """Read `anymail+<provider>://<key>@`; more of its options follow as `?name=value`.

        Raises:
            ImproperlyConfigured: the provider is unknown, its key is missing, or the extra is not installed.
        """
        parts = urlsplit(url)
        name = parts.scheme.removeprefix(SCHEME)
        if name not in KEYS:
            known = ", ".join(sorted(KEYS.keys() - {"test"}))
            raise ImproperlyConfigured(
                f"EMAIL_URL names the provider {name!r}: use one of {known}."
            )
        if find_spec("anymail") is None:
            raise ImproperlyConfigured(f"EMAIL_URL names a mail provider, which needs: {EXTRA}")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        told = {
            KEYS[name]: password or user,
            USERS.get(name, ""): user if password else "",
            HOSTS.get(name, ""): parts.hostname or "",
            **dict(parse_qsl(parts.query)),
        }
        options = {option: value for option, value in told.items() if option and value}
        if KEYS[name] and KEYS[name] not in options:
            raise ImproperlyConfigured(f"EMAIL_URL holds no key: anymail+{name}://<key>@")
        return cls(name, options)

    @property
    def module(self) -> str:
        """What django-anymail calls it."""
        return self.name.replace("-", "_")

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be shown or written down."""
        return tuple(value for value in self.options.values() if len(value) >= 8)

    def __str__(self) -> str:
        return f"the API of {self.name}"
