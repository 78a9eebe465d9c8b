"""Who may open a page: every view of the workspace says so, and a test walks them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

from arbiter.foundation.queries import company
from arbiter.foundation.roles import Permission

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

P = ParamSpec("P")


class SignedInRequest(HttpRequest):
    """A request by a colleague who has signed in."""

    user: Person
    htmx: Any


@dataclass(frozen=True)
class Access:
    """The rule of a view: the permission it needs (None: any colleague) and the methods it answers.

    A view open to `strangers` needs no sign-in: the first run, an invitation, the way into the demo.
    """

    needs: Permission | None
    methods: tuple[str, ...]
    strangers: bool = False


def open_to_colleagues(
    *methods: str, needs: Permission | None = None
) -> Callable[
    [Callable[Concatenate[Any, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Open a view to colleagues: a stranger is sent to sign in, one without the permission gets 403.

    A customer out of reach is the door's matter (`queries…visible_to`), which answers 404.
    """
    allowed = _answered(methods)

    def decorate(
        view: Callable[Concatenate[Any, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return _turn_away(request)
            if needs is not None and not request.user.may(needs):
                raise PermissionDenied(f"Your role may not {needs.description}.")
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            return view(request, *args, **kwargs)

        guarded.access = Access(needs, allowed)  # type: ignore[attr-defined]
        return guarded

    return decorate


def open_to_strangers(
    *methods: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Open a view to anybody; what it shows and does must bear that."""
    allowed = _answered(methods)

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def open_(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            return view(request, *args, **kwargs)

        open_.access = Access(None, allowed, strangers=True)  # type: ignore[attr-defined]
        return open_

    return decorate


def _answered(methods: tuple[str, ...]) -> tuple[str, ...]:
    named = methods or ("GET",)
    return (*named, "HEAD") if "GET" in named else named


def _turn_away(request: HttpRequest) -> HttpResponse:
    """Send a stranger to sign in; as long as nobody owns this installation, to the first run."""
    if not company.is_set_up():
        return redirect("workspace:first-run")
    return redirect_to_login(request.get_full_path())
