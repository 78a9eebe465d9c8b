"""Keys of sources: made so that nobody guesses one, and looked up by their hash."""

from __future__ import annotations

import hashlib
import secrets

PREFIX = "arb_live_"


def new() -> str:
    """Return a key for a source: 192 bits by chance, of characters that mean nothing in an address or a header."""
    return PREFIX + secrets.token_urlsafe(24)


def hash_of(key: str) -> str:
    """Return what is stored to find a key by. Nobody tries 2^192 keys, so it needs no salt and no slowness."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
