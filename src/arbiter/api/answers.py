"""What machines are answered. Clients stop, come again or crash by what they find here: never change it lightly.

Whatever is not a success says both `code` and `message`: RudderStack's Python takes anything else for a failure that
may pass, and sends again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse

from arbiter.usage.wire.refusals import Unreadable

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponse]
COME_AGAIN = 5
"""Seconds after which a client is asked to come again when the database is away."""
_SUCCESS = b'{"success": true}'
# The length, too, which otherwise a middleware would say; without it an answer goes out in chunks.
_HEADERS = {"Content-Type": "application/json", "Content-Length": str(len(_SUCCESS))}


class NotTaken(Exception):
    """A request that is refused: a status, a code for programs and a sentence for people."""

    def __init__(
        self, status: int, code: str, message: str, *, wait: int | None = None, allow: str = ""
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.wait, self.allow = wait, allow


def success() -> HttpResponse:
    """Say that it is taken: 200, for some clients send again what is answered with 202 or 204."""
    return HttpResponse(_SUCCESS, headers=_HEADERS)


def refused(why: NotTaken) -> HttpResponse:
    """Say why it is not taken, and when to come again."""
    told = {"success": False, "code": why.code, "message": why.message}
    response = JsonResponse(told, status=why.status)
    if why.wait is not None:
        response["Retry-After"] = response["X-RateLimit-Reset"] = str(why.wait)
    if why.allow:
        response["Allow"] = why.allow
    response["Content-Length"] = str(len(response.content))
    return response


def answered(view: View) -> View:
    """Have whatever goes wrong in a view answered in these words."""

    @wraps(view)
    def answering(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotTaken as why:
            return refused(why)
        except Unreadable as why:
            return refused(NotTaken(why.status, why.code, why.message))
        except (DatabaseError, InterfaceError):
            logger.exception("The database does not answer.")
            return refused(
                NotTaken(
                    503,
                    "database_away",
                    "The database does not answer. Nothing was taken; send it again.",
                    wait=COME_AGAIN,
                )
            )
        except Exception:
            logger.exception("A request was not understood through a fault of ours.")
            return refused(
                NotTaken(500, "our_fault", "Something went wrong here. Nothing was taken.")
            )

    return answering
