"""The application as web servers ask for it: pages, and beside them a short way to the door for events.

Requests with events come by the hundred each second and carry no session, no form and no page. The middleware that
pages need (sessions, sign-in, tokens of forms, policies for scripts) would take longer than all that the door does,
so its addresses go to the same views through a handler that has none. The views stand in the ordinary list of
addresses as well: there they answer the same, only later.
"""

import os
import threading
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest
from django.urls import ResolverMatch, resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arbiter.config.settings")
pages = get_wsgi_application()

Environ = dict[str, Any]


class DoorRequest(WSGIRequest):
    """A request with events: only the door's own addresses are looked through."""

    urlconf = "arbiter.api.urls"


class DoorHandler(WSGIHandler):
    """Django without middleware. What its own loader sets, empty."""

    request_class = DoorRequest

    def load_middleware(self, is_async: bool = False) -> None:
        """Have the view answer straight away."""
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        answer = self._get_response  # type: ignore[attr-defined]
        self._middleware_chain = convert_exception_to_response(answer)

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """Find the view; the addresses are few and asked for again and again."""
        request.resolver_match = found = _resolved(request.path_info, str(request.urlconf))
        return found


@lru_cache(maxsize=256)
def _resolved(path: str, urlconf: str) -> ResolverMatch:
    return resolve(path, urlconf)


door = DoorHandler()
_FOLDERS = ("/v1/", "/array/", "/ingest/")


def _exact() -> frozenset[str]:
    """The addresses of the door that are no folders, from the list of addresses itself."""
    from arbiter.api.ingest import urls

    found = (f"/{entry.pattern}" for entry in urls.urlpatterns)
    return frozenset(route for route in found if not route.startswith((*_FOLDERS, "/^")))


_EXACT = _exact()
# Pages live at the top of a host. Clients may be given BASE_URL with a path all the same.
_BENEATH = urlsplit(settings.BASE_URL).path.rstrip("/")


def application(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request, by the short way if it is for the door."""
    if _BENEATH and environ["PATH_INFO"].startswith(f"{_BENEATH}/"):
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + _BENEATH
        environ["PATH_INFO"] = environ["PATH_INFO"][len(_BENEATH) :]
    path = environ["PATH_INFO"]
    handler = door if path in _EXACT or path.startswith(_FOLDERS) else pages
    answer: Iterable[bytes] = handler(environ, start_response)
    return answer


def application_with_worker() -> Any:
    """Return the application after starting the job worker in a thread of this process."""
    from arbiter.foundation.jobs import worker

    threading.Thread(
        target=worker.run, args=(threading.Event(),), name="worker", daemon=True
    ).start()
    return application
