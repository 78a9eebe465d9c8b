"""The sign-in pages of the library, with what they need to know about this installation."""

from __future__ import annotations

from typing import Any

from allauth.account import views
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from arbiter.foundation.mail import outbox
from arbiter.foundation.queries import company, people


class SignIn(views.LoginView):
    """Sign in by password; the way to a code by mail; in the demo, one press."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to the first run as long as there is nobody to sign in."""
        if not company.is_set_up():
            return redirect("workspace:first-run")
        reply: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return reply

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whom a visitor of the demo may be, and whether a code would arrive."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["company_name"] = company.name()
        context["mail_arrives"] = mail_arrives()
        context["demo_people"] = people.demo_entries() if settings.DEMO else []
        return context


class ByCode(views.RequestLoginCodeView):
    """Ask for a code by mail, where mail arrives."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send back whoever would wait for a mail in vain."""
        return _no_mail(request) or super().dispatch(request, *args, **kwargs)


class NewPassword(views.PasswordResetView):
    """Ask for a link to a new password, where mail arrives."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send back whoever would wait for a mail in vain."""
        return _no_mail(request) or super().dispatch(request, *args, **kwargs)


def mail_arrives() -> bool:
    """Say whether a code reaches its person: by a mail server, or in the demo, where anybody may look."""
    return outbox.delivers() or settings.DEMO


def _no_mail(request: HttpRequest) -> HttpResponse | None:
    if mail_arrives():
        return None
    messages.info(
        request,
        "This installation has no mail server yet. Sign in by password, or ask an admin for an invitation link.",
    )
    return redirect("account_login")
