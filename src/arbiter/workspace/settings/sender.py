"""What the sender's domain publishes, looked up when somebody asks for it."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse

from arbiter.foundation.mail import letter, outbox, sender_check
from arbiter.foundation.mail.provider import Provider
from arbiter.foundation.mail.sender_check import Finding
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.settings.menu import page


class SelectorForm(VerbForm):
    """Under which name the key of the signature is published."""

    selector = forms.RegexField(
        rf"^{sender_check.SELECTOR.pattern}$",
        label="DKIM selector",
        required=False,
        max_length=63,
        help_text="Your mail server or provider tells it, such as “s1” or “pm”.",
    )


@open_to_colleagues("GET", needs=Permission.MANAGE_SETTINGS)
def check(request: SignedInRequest) -> HttpResponse:
    """Show what a lookup asks for; with a selector, or an empty one, look it up. Nothing is stored."""
    asked = "selector" in request.GET
    form = SelectorForm(request.GET if asked else None)
    domain = letter.sender().rpartition("@")[2]
    context: dict[str, object] = {"form": form, "domain": domain, "sender": letter.sender()}
    if asked and form.is_valid():
        context["findings"] = _look(domain, form.cleaned_data["selector"])
    return page(request, "sender", context, part="settings-mail")


def _look(domain: str, selector: str) -> list[Finding]:
    way = outbox.server()
    server = way.name if isinstance(way, Provider) else way.host if way else ""
    try:
        by = sender_check.resolver()
    except sender_check.Unresolved as problem:
        state = sender_check.State.UNKNOWN
        return [Finding(kind, domain, state, str(problem)) for kind in ("SPF", "DKIM", "DMARC")]
    return sender_check.check(domain, selector=selector, server=server, by=by)
