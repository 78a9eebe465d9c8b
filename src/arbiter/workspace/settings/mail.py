"""Mail: which server it leaves by, and whether that works."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from arbiter.foundation.mail import dispatch, letter, outbox
from arbiter.foundation.queries import mail as reads
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.settings.menu import page


class TestForm(VerbForm):
    """Where to send a test mail."""

    to = forms.EmailField(label="Send a test mail to")


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def server(request: SignedInRequest) -> HttpResponse:
    """Show the server without its secret; a POST sends a test mail and shows the conversation."""
    found = outbox.server()
    form = TestForm(request.POST or None, initial={"to": request.user.email})
    context: dict[str, object] = {
        "form": form,
        "server": found,
        "sender": settings.EMAIL_FROM,
        "our_name": letter.our_name(),
        "counts": reads.counts(request.user),
    }
    if found is not None and form.is_valid():
        now = timezone.now()
        transcript, trouble = dispatch.send_test(found, to=form.cleaned_data["to"], at=now)
        context |= {"transcript": transcript, "trouble": trouble, "to": form.cleaned_data["to"]}
    return page(request, "mail", context, status=422 if form.errors else 200)
