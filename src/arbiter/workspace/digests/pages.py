"""The settings of the daily digest: one's own mail; Slack and Teams for whoever manages the settings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from arbiter.connectors.digests import delivery
from arbiter.engagement.actions import digests as verbs
from arbiter.engagement.queries import digests
from arbiter.foundation.mail import outbox
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.settings.menu import page, status_of

HOURS = [(hour, f"{hour}:00") for hour in range(24)]
USUAL_HOUR = 17
SHOWN = 30


class HourForm(VerbForm):
    """The hour of the day."""

    hour = forms.TypedChoiceField(label="Every day at", choices=HOURS, coerce=int)


class ChannelForm(VerbForm):
    """A channel and the secret address it is reached by."""

    kind = forms.ChoiceField(label="Where", choices=[("slack", "Slack"), ("teams", "Microsoft Teams")])  # fmt: skip
    name = forms.CharField(label="Name of the channel", max_length=100)
    address = forms.CharField(
        label="Address of the webhook",
        max_length=2_000,
        help_text="Slack: an incoming webhook. Teams: a workflow that posts to a channel when a webhook request is received. Whoever has it can post there, so it is sealed and not shown again.",
    )
    hour = forms.TypedChoiceField(
        label="Every day at", choices=HOURS, coerce=int, initial=USUAL_HOUR
    )


@open_to_colleagues("GET", "POST")
def own(request: SignedInRequest) -> HttpResponse:
    """Show what the digest would tell now; a POST orders it by mail, or stops it."""
    now = timezone.now()
    order = digests.of_person(request.user)
    if request.method == "POST" and "stop" in request.POST and order is not None:
        verbs.stop(order=order, by=request.user, at=now)
        messages.success(request, "You get no digest any more.")
        return redirect("workspace:settings-digest")
    first = {"hour": order.hour if order else USUAL_HOUR}
    form = HourForm(request.POST or None, initial=first)
    kept = form.attempt(verbs.order_mail, by=request.user, at=now) if form.is_valid() else None
    if kept is not None:
        messages.success(request, "You get the digest by mail on every day on which something changed.")  # fmt: skip
        return redirect("workspace:settings-digest")
    sections, more = delivery.preview(request.user, since=now - timedelta(days=1), at=now)
    context: dict[str, Any] = {
        "form": form,
        "order": order,
        "sections": sections,
        "more": more,
        "zone": digests.company_zone(),
        "delivers": outbox.delivers(),
    }
    return page(request, "own", context, status=status_of(request), folder="digests")


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def channels(request: SignedInRequest) -> HttpResponse:
    """List the channels; a POST adds one."""
    form = ChannelForm(request.POST or None)
    now = timezone.now()
    kept = form.attempt(verbs.order_channel, by=request.user, at=now) if form.is_valid() else None
    if kept is not None:
        messages.success(request, "Added. Send a test message to see whether it arrives.")
        return redirect("workspace:settings-digests")
    context = {"form": form, "channels": digests.channels(), "zone": digests.company_zone()}
    return page(request, "channels", context, status=status_of(request), folder="digests")


@open_to_colleagues("POST", needs=Permission.MANAGE_SETTINGS)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop a channel, or send it a test message."""
    order = get_object_or_404(digests.channels(), pk=pk)
    try:
        if request.POST.get("decision") == "test":
            delivery.send_test(order)
            messages.success(request, "It was taken. Look into the channel.")
        else:
            verbs.stop(order=order, by=request.user, at=timezone.now())
            messages.success(request, "Stopped.")
    except (Refusal, delivery.NotTaken) as no:
        messages.error(request, str(no))
    return redirect("workspace:settings-digests")
