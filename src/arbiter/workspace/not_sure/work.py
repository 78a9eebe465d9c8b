"""GET and POST /answers/<pk>/not-sure/: why they are not sure, what would make it a yes, who works on it, by when."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from arbiter.forecast.queries import seals
from arbiter.foundation.queries import people
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.actions import follow_ups as verbs
from arbiter.voice.queries import answers, follow_ups
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import DayField, WordsField
from arbiter.workspace.not_sure.queue import around

WITHIN = timedelta(days=14)


class WorkForm(forms.Form):
    """Who works on it by when, and what we understood."""

    owner = forms.TypedChoiceField(label="Who works on it", coerce=int)
    due_on = DayField(label="By")
    reason = WordsField(label="Why they are not sure", required=False)
    would_make_it_yes = WordsField(label="What would make it a yes", required=False)


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show and keep who works on an answer; what waits for a belief is not opened here."""
    now = timezone.now()
    door = answers.visible_to(request.user).filter(kind="intent", value="not_sure", flagged=False)
    found = seals.readable(door, as_of=now).select_related("contact__customer")
    answer = get_object_or_404(found, pk=pk)
    before = follow_ups.latest(answer.pk, as_of=now)
    first = {
        "owner": before.owner_id if before else request.user.pk,
        "due_on": (now + WITHIN).date(),
        "reason": before.reason if before else "",
        "would_make_it_yes": before.would_make_it_yes if before else "",
    }
    form = WorkForm(request.POST or None, initial=first)
    form.fields["owner"].choices = [(each.pk, each.name) for each in people.colleagues()]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        owner = people.get(form.cleaned_data["owner"])
        try:
            verbs.set(
                answer=answer, by=request.user, at=now, **{**form.cleaned_data, "owner": owner}
            )
            messages.success(request, f"{owner.name if owner else ''} works on it.")
            return redirect("workspace:not-sure")
        except Refusal as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, str(refusal))
    context = {
        **around("not-sure", now, answer.contact.name),
        "answer": answer,
        "form": form,
        "back_url": reverse("workspace:not-sure"),
        "close_url": reverse("workspace:follow-up-closing", args=[before.pk])
        if before and before.closed_at is None
        else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/not_sure/work.html", context, status=status)
