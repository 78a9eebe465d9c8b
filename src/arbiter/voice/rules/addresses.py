"""What is kept of an address that is never to be written to again."""

import hashlib
import hmac

PURPOSE = b"arbiter.voice.suppression:"


def address_hash(address: str, secret: str) -> str:
    """Return what is kept of an address: without the secret nobody can try addresses against it."""
    plain = address.strip().casefold().encode()
    return hmac.new(PURPOSE + secret.encode(), plain, hashlib.sha256).hexdigest()
