"""The door for a mail provider: django-anymail reads what it posts, and its signals bring it to our verbs."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from arbiter.foundation.mail import hooks, outbox
from arbiter.foundation.mail.provider import Provider

logger = logging.getLogger(__name__)
VIEWS = {
    "tracking": ("TrackingWebhookView", "CombinedWebhookView"),
    "inbound": ("InboundWebhookView", "CombinedWebhookView"),
}


@csrf_exempt
def take(request: HttpRequest, secret: str, news: str) -> HttpResponse:
    """Take news of sent mail, or a mail that reached the provider. What fails is answered so that it is told again."""
    response = _taken(request, secret, news)
    # Django would write the address of a refused request, which is a secret, into the log.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _taken(request: HttpRequest, secret: str, news: str) -> HttpResponse:
    provider = outbox.server()
    if not hooks.is_secret(secret) or news not in VIEWS or not isinstance(provider, Provider):
        return _said(404, "There is no such address. Settings, Mail shows the right one.")
    view = _view(provider, news)
    if view is None:
        return _said(404, f"{provider.name} posts no such news.")
    try:
        return _answered(view, request)
    except SuspiciousOperation as refused:
        return _said(400, str(refused))
    except (ImproperlyConfigured, ValueError, KeyError) as wrong:
        logger.warning("News of mail was not understood.", exc_info=wrong)
        return _said(422, f"This was not understood: {wrong}")
    except Exception:
        # Said without the address: Django would write it down, and it is a secret.
        logger.exception("News of mail was not taken through a fault of ours.")
        return _said(500, "Something went wrong here. Tell it again.")


def _view(provider: Provider, news: str) -> Any:
    """Return the view with which django-anymail reads this provider's posts; None where it has none."""
    if provider.name == "test":
        return None
    from arbiter.api.mail import hearing

    hearing.listen()
    known = import_module(f"anymail.webhooks.{provider.module}")
    found = [
        each
        for name, each in vars(known).items()
        if name.endswith(VIEWS[news]) and getattr(each, "__module__", "") == known.__name__
    ]
    if not found:
        return None
    told = {name: value for name, value in provider.options.items() if hasattr(found[0], name)}
    # The secret in the address stands in for a password in the header, whose lack would be warned of.
    ours = type(found[0].__name__, (found[0],), {"warn_if_no_basic_auth": False})
    return ours.as_view(**told)  # type: ignore[attr-defined]


def _answered(view: Any, request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = view(request)
    return answer


def _said(status: int, words: str) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
