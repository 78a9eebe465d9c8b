"""Themes: the report of what weighs most, proposals by words, and one theme with its people."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.outcomes.queries import goals
from arbiter.voice.actions import replies_to_givers
from arbiter.voice.actions import themes as verbs
from arbiter.voice.queries import feedback, themes
from arbiter.voice.queries.places import Place
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.feedback import inbox, sealed
from arbiter.workspace.fields import WordsField
from arbiter.workspace.forms import VerbForm

if TYPE_CHECKING:
    from arbiter.foundation.models import Person
    from arbiter.voice.models import Feedback, Theme
    from arbiter.voice.queries.themes import Proposal, Weight

COLUMNS: list[dict[str, Any]] = [
    {"label": "Theme"},
    {"label": "Goals in the way of", "number": True},
    {"label": "A year", "number": True},
    {"label": "Customers", "number": True},
    {"label": "Pieces", "number": True},
    {"label": "Last said"},
]
WINDOWS = (("90", "90 days"), ("365", "12 months"), ("", "All time"))
QUOTES = 5
SUGGESTED = 20


class ThemeForm(VerbForm):
    """A theme's name."""

    name = forms.CharField(label="Name", max_length=200)


class ChangeForm(VerbForm):
    """What we did about a theme."""

    change = WordsField(label="What we did", rows=4, help_text="As the customer would see it.")


class TellingForm(VerbForm):
    """What everyone of a theme is told."""

    text = WordsField(label="What they are told", rows=5, help_text="Each gets their own words and yours, in a mail of their own.")  # fmt: skip


@open_to_colleagues("GET", "POST")
def index(request: SignedInRequest) -> HttpResponse:
    """Show what weighs most; a POST names a theme."""
    now = timezone.now()
    form = ThemeForm(request.POST or None)
    if form.is_valid() and (made := form.attempt(verbs.make, by=request.user, at=now)):
        return redirect("workspace:feedback-theme", made.pk)
    days = request.GET.get("days", "")
    days = days if days in dict(WINDOWS) else ""
    weights = themes.report(request.user, as_of=now, days=int(days) if days else None)
    waiting = themes.waiting(request.user)
    context = {
        "form": form,
        "columns": COLUMNS,
        "rows": [
            {"weight": each, "waiting": waiting.get(each.theme.pk, 0), "money": _money(each)}
            for each in weights
        ],
        "windows": [
            {"label": label, "url": f"?days={key}" if key else "?", "current": key == days}
            for key, label in WINDOWS
        ],
        "may_edit": request.user.may(Permission.EDIT_CUSTOMERS),
        "crumbs": _crumbs("Themes"),
        "now": now,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/feedback/themes.html", context, status=status)


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def proposals(request: SignedInRequest) -> HttpResponse:
    """Show what feedback without a theme might be about; a POST takes one proposal as a theme."""
    now = timezone.now()
    if request.method == "POST":
        return _take(request, now)
    new = themes.unsorted(request.user)[: themes.LOOKED_AT]
    rows = sealed.readable(new, request.user, as_of=now)
    found = themes.proposals(rows)
    context = {
        "proposals": [_proposed(each) for each in found],
        "looked_at": len(rows),
        "crumbs": _crumbs("Proposals"),
        "now": now,
    }
    return render(request, "workspace/feedback/proposals.html", context)


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def suggest(request: SignedInRequest) -> HttpResponse:
    """Suggest a theme for what has none."""
    count = verbs.suggest(by=request.user, at=timezone.now())
    said = f"{count} pieces wait for a decision." if count else "Nothing new is like any theme."
    messages.success(request, "One piece waits for a decision." if count == 1 else said)
    return redirect("workspace:feedback-themes")


@open_to_colleagues("GET")
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a theme: quotes, goals in the way of, suggestions, and what was done."""
    return _page(request, _theme(pk))


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def describe(request: SignedInRequest, pk: int) -> HttpResponse:
    """Rename a theme, put it away, or take it out."""
    theme, now = _theme(pk), timezone.now()
    decision = request.POST.get("decision", "")
    if decision in {"archive", "restore"}:
        verb = verbs.archive if decision == "archive" else verbs.restore
        verb(theme=theme, by=request.user, at=now)
        return redirect("workspace:feedback-theme", pk)
    form = ThemeForm(request.POST)
    if form.is_valid():
        renamed = form.attempt(verbs.rename, theme=theme, by=request.user, at=now)
        if renamed is not None:
            return redirect("workspace:feedback-theme", pk)
    return _page(request, theme, status=422, naming=form)


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what we did about it."""
    theme, form = _theme(pk), ChangeForm(request.POST)
    if form.is_valid():
        told = form.attempt(verbs.tell_change, theme=theme, by=request.user, at=timezone.now())
        if told is not None:
            return redirect("workspace:feedback-theme", pk)
    return _page(request, theme, status=422, changing=form)


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm or refuse what was suggested for a theme."""
    theme = _theme(pk)
    chosen = _chosen(request)
    verb = verbs.unsort if request.POST.get("decision") == "no" else verbs.sort
    try:
        verb(theme=theme, feedback=chosen, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("workspace:feedback-theme", pk)


@open_to_colleagues("POST", needs=Permission.ASK_CUSTOMERS)
def tell(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tell everyone of a theme what we did; who is left out is named with the reason."""
    theme, form = _theme(pk), TellingForm(request.POST)
    if form.is_valid():
        told = form.attempt(
            replies_to_givers.reply_to_theme, theme=theme, by=request.user, at=timezone.now()
        )
        if told is not None:
            people = "person is" if len(told.told) == 1 else "people are"
            messages.success(request, f"{len(told.told)} {people} told.")
            for _, because in told.not_told:
                messages.warning(request, because)
            return redirect("workspace:feedback-theme", pk)
    return _page(request, theme, status=422, telling=form)


def _theme(pk: int) -> Theme:
    return get_object_or_404(themes.all_of_them(), pk=pk)


def _chosen(request: SignedInRequest) -> list[Feedback]:
    numbers = [each for each in request.POST.getlist("feedback") if each.isdecimal()]
    seen = feedback.visible_to(request.user).select_related("customer__owner")
    return list(seen.filter(pk__in=numbers[: themes.LOOKED_AT]))


def _take(request: SignedInRequest, now: datetime) -> HttpResponse:
    form = ThemeForm(request.POST)
    chosen = _chosen(request)
    if not chosen or not form.is_valid():
        messages.error(request, "Give it a name, and choose what belongs to it.")
        return redirect("workspace:feedback-proposals")
    try:
        known = themes.standing().filter(name__iexact=form.cleaned_data["name"].strip()).first()
        theme = known or verbs.make(name=form.cleaned_data["name"], by=request.user, at=now)
        verbs.sort(theme=theme, feedback=chosen, by=request.user, at=now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("workspace:feedback-proposals")
    pieces = "1 piece is" if len(chosen) == 1 else f"{len(chosen):,} pieces are"
    messages.success(request, f"{pieces} in “{theme.name}”.")
    return redirect("workspace:feedback-theme", theme.pk)


def _page(
    request: SignedInRequest, theme: Theme, *, status: int = 200, **refused: VerbForm
) -> HttpResponse:
    now = timezone.now()
    place = Place.parse(request.GET.get("after", "").replace(" ", "+"))
    page = feedback.page(themes.within(theme, request.user), after=place)
    suggested = themes.suggested_for(theme, request.user).select_related("customer", "contact")
    context = {
        "naming": ThemeForm(initial={"name": theme.name}, auto_id="naming-%s"),
        "changing": ChangeForm(initial={"change": theme.change}, auto_id="changing-%s"),
        "telling": TellingForm(initial={"text": theme.change}, auto_id="telling-%s"),
        **refused,
        "theme": theme,
        "columns": inbox.COLUMNS,
        "lines": inbox.lines(page.rows, request.user, now=now),
        "next_url": f"?after={page.after}" if page.after else "",
        "previous_url": "?" if place else "",
        "suggested": sealed.readable(suggested[:SUGGESTED], request.user, as_of=now),
        "blocked": _blocked(page.rows, request.user),
        "may_edit": request.user.may(Permission.EDIT_CUSTOMERS),
        "may_tell": request.user.may(Permission.ASK_CUSTOMERS),
        "crumbs": [
            *_crumbs("Themes")[:1],
            {"label": "Themes", "url": reverse("workspace:feedback-themes")},
            {"label": theme.name},
        ],
        "now": now,
    }
    return render(request, "workspace/feedback/theme.html", context, status=status)


def _blocked(rows: list[Feedback], reader: Person) -> Any:
    """The goals that what is shown stands in the way of."""
    keys = {row.goal_key for row in rows if row.goal_key and row.status in feedback.OPEN}
    return goals.visible_to(reader).filter(key__in=keys) if keys else ()


def _proposed(proposal: Proposal) -> dict[str, Any]:
    return {
        "name": proposal.name.capitalize(),
        "words": ", ".join(proposal.words),
        "count": len(proposal.feedback),
        "language": proposal.language,
        "quotes": proposal.feedback[:QUOTES],
        "rest": proposal.feedback[QUOTES:],
    }


def _money(weight: Weight) -> list[tuple[Any, str]]:
    """What hangs on a theme by currency, the largest first."""
    return [(amount, currency) for currency, amount in sorted(weight.arr.items(), key=lambda each: -each[1])]  # fmt: skip


def _crumbs(label: str) -> list[dict[str, str]]:
    return [{"label": "Feedback", "url": reverse("workspace:feedback")}, {"label": label}]
