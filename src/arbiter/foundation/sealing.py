"""Secrets that must be read again: sealed with a key that follows from SECRET_KEY, so that a copy of the database tells nothing.

What was sealed with an earlier SECRET_KEY opens as long as that key stands in SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

from arbiter.foundation.refusals import Refusal

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

# Part of the key: what other uses of SECRET_KEY derive from it opens nothing here, and the other way round.
PURPOSE = b"arbiter.foundation.sealing"


class Unopenable(Refusal):
    """What was sealed cannot be opened with the keys at hand."""


def seal(text: str) -> str:
    """Return a text as it may be stored. Sealed twice it looks different, so equal secrets do not show."""
    return _ring().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the text that was sealed.

    Raises:
        Unopenable: it was sealed with a key that is neither SECRET_KEY nor among SECRET_KEY_FALLBACKS, or was changed.
    """
    from cryptography.fernet import InvalidToken

    try:
        return _ring().decrypt(sealed.encode()).decode()
    except InvalidToken as wrong:
        raise Unopenable(
            "This was sealed with another SECRET_KEY. Put that one into SECRET_KEY_FALLBACKS, or make a new secret."
        ) from wrong


def _ring() -> MultiFernet:
    return _keys(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=4)
def _keys(*secrets: str) -> MultiFernet:
    """The first of the keys seals, any of them opens."""
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet([Fernet(_derived(secret)) for secret in secrets])


def _derived(secret: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(key)
