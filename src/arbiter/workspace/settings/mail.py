"""Mail: which server it leaves by, and whether that works."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.mail import dispatch, hooks, letter, outbox
from arbiter.foundation.mail.provider import Provider
from arbiter.foundation.mail.replies import Mailbox
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
        "hooks": _hooks() if isinstance(found, Provider) else (),
        "mailbox": Mailbox.parse(settings.EMAIL_REPLIES_URL),
        "replies_to": settings.EMAIL_REPLIES_TO,
    }
    if found is not None and form.is_valid():
        now = timezone.now()
        transcript, trouble = dispatch.send_test(found, to=form.cleaned_data["to"], at=now)
        context |= {"transcript": transcript, "trouble": trouble, "to": form.cleaned_data["to"]}
    return page(request, "mail", context, status=422 if form.errors else 200)


def _hooks() -> list[tuple[str, str]]:
    """Where a provider posts what it has to tell: each address holds a secret."""
    secret = hooks.secret()
    return [
        (name, f"{settings.BASE_URL}{reverse('api:mail-hook', args=[secret, news])}")
        for name, news in (("News of sent mail", "tracking"), ("Replies", "inbound"))
    ]
