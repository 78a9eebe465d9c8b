"""The secret part of the addresses at which a mail provider tells us its news: whoever knows it may speak for the provider."""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings

# Part of the secret: what else follows from SECRET_KEY opens nothing here.
PURPOSE = b"arbiter.foundation.mail.hooks"


def secret() -> str:
    """Return the secret part of the addresses as they are told today."""
    return _secret(settings.SECRET_KEY)


def is_secret(told: str) -> bool:
    """Say whether somebody knows the secret, of today's key or of an earlier one."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(hmac.compare_digest(_secret(key).encode(), told.encode()) for key in keys)


def _secret(key: str) -> str:
    digest = hmac.new(key.encode(), PURPOSE, hashlib.sha256).digest()[:18]
    return base64.urlsafe_b64encode(digest).decode()
