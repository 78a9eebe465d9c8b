"""Which pages a browser may send from: checked for a public key, and told to the browser beforehand."""

from __future__ import annotations

from functools import wraps

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from arbiter.api.answers import NotTaken, View, success
from arbiter.usage.queries import keys
from arbiter.usage.queries.keys import Holder

# The last five RudderStack's client adds when it sends again.
HEADERS = (
    "authorization, content-type, x-retry-count, anonymousid, sentat, rsa-recovered, rsa-retry-attempt, "
    "rsa-retry-reason, rsa-since-first-attempt, rsa-since-last-attempt"
)
METHODS = "GET, POST, OPTIONS"
REMEMBER = 7_200
"""Seconds for which a browser need not ask again; Chromium takes no more."""


def check(request: HttpRequest, holder: Holder) -> None:
    """Let a public key come from the pages of its source only, and a secret one from no page at all.

    Raises:
        NotTaken: it came from elsewhere.
    """
    origin = request.META.get("HTTP_ORIGIN", "")
    if holder.is_public:
        if holder.origins and origin not in holder.origins:
            raise NotTaken(
                403, "origin_not_allowed", "The source takes no events from this origin."
            )
    elif origin:
        raise NotTaken(
            403,
            "secret_key_in_browser",
            "This key belongs to a server and is in a page that everyone can read. Make a source for the browser.",
        )


def told(view: View) -> View:
    """Have a view answer the browser's question beforehand, and name the origin in every answer."""

    @wraps(view)
    def telling(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = success() if request.method == "OPTIONS" else view(request, *args, **kwargs)
        origin = request.META.get("HTTP_ORIGIN")
        if origin is not None:
            response["Vary"] = "Origin"
            if _may_come(origin):
                _allow(response, origin)
        return response

    return telling


def _allow(response: HttpResponse, origin: str) -> None:
    response["Access-Control-Allow-Origin"] = origin
    response["Access-Control-Allow-Headers"] = HEADERS
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Max-Age"] = str(REMEMBER)
    response["Access-Control-Expose-Headers"] = "Retry-After, X-RateLimit-Reset"


def _may_come(origin: str) -> bool:
    """Whether to name the origin. Without the database nobody knows; then the browser is to hear its 503."""
    try:
        return keys.may_come_from(origin)
    except DatabaseError:
        return True
