"""Posting JSON to an address that is a secret: with time limits, following nobody elsewhere, telling no address in any error."""

from __future__ import annotations

from typing import Any

# What a channel may take to answer.
SECONDS = 10.0
# The address is gone or wrong for good: trying again helps nobody.
GONE = frozenset({400, 401, 403, 404, 410})


class NotTaken(Exception):
    """The channel did not take a message. `again` says whether another try may help."""

    def __init__(self, sentence: str, *, again: bool) -> None:
        super().__init__(sentence)
        self.again = again


def post(address: str, message: dict[str, Any]) -> None:
    """Post a message.

    Raises:
        NotTaken: nobody answered, or the answer was no.
    """
    # Loaded when there is something to post; most processes never have.
    import httpx

    try:
        reply = httpx.post(address, json=message, timeout=SECONDS, follow_redirects=False)
    except (httpx.HTTPError, httpx.InvalidURL) as trouble:
        # Its own words may hold the address.
        raise NotTaken(f"The channel could not be reached ({type(trouble).__name__}).", again=True) from None  # fmt: skip
    if not reply.is_success:
        raise NotTaken(
            f"The channel answered {reply.status_code}.", again=reply.status_code not in GONE
        )
