"""Light or dark, for browsers that run no script."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from arbiter.workspace.access import SignedInRequest, open_to_colleagues

A_YEAR = 365 * 24 * 60 * 60


@open_to_colleagues("POST")
def choose(request: SignedInRequest) -> HttpResponse:
    """Keep the theme in a cookie and lead back."""
    chosen = request.POST.get("theme", "auto")
    back = request.headers.get("referer", "")
    ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    reply = redirect(back if ours else "workspace:home")
    if chosen in ("light", "dark"):
        reply.set_cookie(
            "theme", chosen, max_age=A_YEAR, samesite="Lax", secure=request.is_secure()
        )
    else:
        reply.delete_cookie("theme", samesite="Lax")
    return reply
