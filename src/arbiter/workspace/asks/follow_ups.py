"""Who works on an answer, and by when."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.queries import people
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.actions import follow_ups as verbs
from arbiter.voice.queries import answers, follow_ups
from arbiter.workspace.access import SignedInRequest, open_to_colleagues


class FollowUpForm(forms.Form):
    """An owner and a date."""

    owner = forms.IntegerField()
    due_on = forms.DateField()


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have a colleague work on an answer."""
    found = answers.visible_to(request.user).select_related("contact__customer")
    answer = get_object_or_404(found, pk=pk)
    form = FollowUpForm(request.POST)
    owner = people.get(form.cleaned_data["owner"]) if form.is_valid() else None
    if owner is None or not owner.is_active:
        messages.error(request, "Choose a colleague and a day.")
    else:
        try:
            verbs.set(
                answer=answer,
                owner=owner,
                due_on=form.cleaned_data["due_on"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, f"{owner.name} follows up with {answer.contact.name}.")
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return redirect(reverse("workspace:customer", args=[answer.contact.customer_id]))


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that an answer has been worked on."""
    found = follow_ups.visible_to(request.user).select_related("answer__contact__customer")
    follow_up = get_object_or_404(found, pk=pk)
    try:
        verbs.close(follow_up=follow_up, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("workspace:customer", args=[follow_up.answer.contact.customer_id]))
