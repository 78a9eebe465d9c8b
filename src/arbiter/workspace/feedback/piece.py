"""One piece of feedback: their words, who sees to it, what it stands in the way of, and what they were told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.permissions import may_ask, may_edit
from arbiter.engagement.queries import promises
from arbiter.foundation.queries import people
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.outcomes.queries import goals
from arbiter.voice.actions import feedback as verbs
from arbiter.voice.actions import replies_to_givers
from arbiter.voice.actions import themes as theme_verbs
from arbiter.voice.queries import feedback, themes
from arbiter.voice.queries.choices import FeedbackStatus
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.feedback import sealed
from arbiter.workspace.feedback.choice import source_words
from arbiter.workspace.fields import DayField, WordsField
from arbiter.workspace.forms import VerbForm

if TYPE_CHECKING:
    from arbiter.voice.models import Feedback


class AssignmentForm(VerbForm):
    """Who sees to it, and by when."""

    owner = forms.TypedChoiceField(
        label="Who sees to it", required=False, coerce=int, empty_value=None
    )
    due_on = DayField(label="By", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(person.pk), person.name) for person in people.colleagues()]
        self.fields["owner"].choices = [("", "Nobody yet"), *known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Hand over the person."""
        told = super().clean() or {}
        told["owner"] = people.get(told["owner"]) if told.get("owner") else None
        return told


class RelationForm(VerbForm):
    """The goal it stands in the way of, and the part of our product."""

    goal_key = forms.ChoiceField(label="Stands in the way of", required=False)
    product_area = forms.CharField(label="Part of our product", max_length=100, required=False)

    def __init__(self, *args: Any, piece: Feedback, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stated = [(goal.key, goal.statement) for goal in goals.of(piece.customer, as_of=now)]
        if piece.goal_key and piece.goal_key not in dict(stated):
            stated.append((piece.goal_key, "A goal that was put away"))
        self.fields["goal_key"].choices = [("", "No goal of theirs"), *stated]  # type: ignore[attr-defined]


class ReplyForm(VerbForm):
    """What we did."""

    text = WordsField(label="What we did", rows=5, help_text="They get their own words and yours.")


@open_to_colleagues("GET")
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the piece and what can be done about it."""
    return _page(request, _found(request, pk))


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def assign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have a colleague see to it."""
    piece = _found(request, pk)
    form = AssignmentForm(request.POST)
    return _kept(request, piece, form, verbs.assign, "assignment")


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say how far it is."""
    piece = _found(request, pk)
    try:
        verbs.set_status(
            feedback=piece,
            status=request.POST.get("status", ""),
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("workspace:feedback-piece", pk)


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def relate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what it stands in the way of."""
    piece = _found(request, pk)
    form = RelationForm(request.POST, piece=piece, now=timezone.now())
    return _kept(request, piece, form, verbs.relate, "relation")


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def sort(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put it into a theme, or take it out."""
    piece = _found(request, pk)
    number = request.POST.get("theme", "")
    theme = themes.standing().filter(pk=number).first() if number.isdecimal() else None
    if theme is None:
        messages.error(request, "Choose a theme.")
    else:
        verb = theme_verbs.unsort if request.POST.get("decision") == "no" else theme_verbs.sort
        verb(theme=theme, feedback=[piece], by=request.user, at=timezone.now())
    return redirect("workspace:feedback-piece", pk)


@open_to_colleagues("POST", needs=Permission.ASK_CUSTOMERS)
def reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tell the giver what became of it."""
    piece = _found(request, pk)
    form = ReplyForm(request.POST)
    return _kept(request, piece, form, replies_to_givers.reply, "reply")


def _found(request: SignedInRequest, pk: int) -> Feedback:
    seen = feedback.visible_to(request.user)
    related = seen.select_related("customer__owner", "contact__customer", "owner", "answer")
    return get_object_or_404(related, pk=pk)


def _kept(
    request: SignedInRequest, piece: Feedback, form: VerbForm, verb: Callable[..., Any], name: str
) -> HttpResponse:
    """Hand a form to its verb; what it refuses stands in the form."""
    if form.is_valid():
        kept = form.attempt(verb, feedback=piece, by=request.user, at=timezone.now())
        if kept is not None:
            messages.success(request, "They are told." if name == "reply" else "Kept.")
            return redirect("workspace:feedback-piece", piece.pk)
        piece.refresh_from_db()
    return _page(request, piece, status=422, **{name: form})


def _page(
    request: SignedInRequest, piece: Feedback, *, status: int = 200, **refused: VerbForm
) -> HttpResponse:
    now = timezone.now()
    first = {"owner": piece.owner_id, "due_on": piece.due_on}
    about = {"goal_key": piece.goal_key, "product_area": piece.product_area}
    in_themes = feedback.themes_of([piece.pk]).get(piece.pk, [])
    own = {each.theme_id for each in in_themes if each.is_confirmed}
    forms_shown = {
        "assignment": AssignmentForm(initial=first, auto_id="assignment-%s"),
        "relation": RelationForm(initial=about, piece=piece, now=now, auto_id="relation-%s"),
        "reply": ReplyForm(auto_id="reply-%s"),
    }
    context = {
        **forms_shown,
        **refused,
        "piece": piece,
        "is_sealed": piece.pk in sealed.among([piece], request.user, as_of=now),
        "source": source_words(piece.source),
        "statuses": [
            {"value": each.value, "label": each.label.capitalize(), "current": each == piece.status}
            for each in FeedbackStatus
        ],
        "in_themes": in_themes,
        "other_themes": [each for each in themes.standing() if each.pk not in own],
        "replies": feedback.replies_to(piece),
        "promises": promises.about_feedback(piece.key),
        "promise_url": f"{reverse('workspace:promise-new', args=[piece.customer_id])}?feedback={piece.key}",
        "may_edit": may_edit(request.user, piece.customer),
        "may_reply": may_ask(request.user, piece.customer),
        "crumbs": [
            {"label": "Feedback", "url": reverse("workspace:feedback")},
            {"label": piece.customer.name},
        ],
        "now": now,
    }
    return render(request, "workspace/feedback/piece.html", context, status=status)
