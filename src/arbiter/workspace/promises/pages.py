"""The promises: a list by what is due, one form for each, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from arbiter.accounts.queries import contacts
from arbiter.engagement.actions import promises as verbs
from arbiter.engagement.queries import promises
from arbiter.foundation.refusals import Refusal
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import feedback
from arbiter.voice.queries.places import Place, newest_first
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import ContactField, DayField, WordsField
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.replies import DatedForm, customer_of, done, show

if TYPE_CHECKING:
    from datetime import datetime

    from arbiter.accounts.models import Customer
    from arbiter.engagement.models import Promise

MOST_OPEN = 200
SETTLED = 50
COLUMNS: list[dict[str, Any]] = [
    {"label": "Customer"},
    {"label": "Promised", "width": "wide"},
    {"label": "By"},
    {"label": "Due", "sorted": "asc"},
    {"hidden_label": "What became of it"},
]
DECISIONS = {
    "keep": (verbs.keep, "Kept."),
    "break": (verbs.break_, "Noted as broken."),
    "reopen": (verbs.reopen, "Open again."),
}


class PromiseForm(DatedForm):
    """What, to whom, by when."""

    GROUPS = (("What we promised", 1, ("text",)), ("To whom and by when", 2, ("contact", "due_on", "on")))  # fmt: skip

    text = WordsField(label="In words they would know again", rows=3)
    contact = ContactField(label="To whom", required=False, empty_label="The customer")
    due_on = DayField(label="Due", required=False)

    def __init__(self, *args: Any, customer: Customer, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.fields["on"].label = "Promised on"
        self.fields["contact"].queryset = contacts.of(customer)  # type: ignore[attr-defined]


class EditForm(VerbForm):
    """The words and the day, put right."""

    text = WordsField(label="What we promised", rows=3)
    due_on = DayField(label="Due", required=False)


@open_to_colleagues("GET")
def index(request: SignedInRequest) -> HttpResponse:
    """Show what is open, the first due in front; and what became of the rest."""
    now = timezone.now()
    seen = promises.visible_to(request.user)
    if request.GET.get("mine") == "yes":
        seen = seen.filter(promised_by=request.user)
    place = Place.parse(request.GET.get("after", "").replace(" ", "+"))
    shows_settled = request.GET.get("show") == "settled"
    settled = (
        newest_first(promises.settled(seen), after=place, size=SETTLED) if shows_settled else None
    )
    kept = promises.kept(seen, as_of=now)
    mine = request.GET.get("mine") == "yes"
    whose = "&mine=yes" if mine else ""
    context = {
        "kept": kept,
        "most_shown": MOST_OPEN if not settled and kept.open > MOST_OPEN else None,
        "columns": COLUMNS,
        "rows": settled.rows if settled else promises.open_first_due(seen)[:MOST_OPEN],
        "next_url": f"?show=settled{whose}&after={settled.after}"
        if settled and settled.after
        else "",
        "previous_url": f"?show=settled{whose}" if place else "",
        "tabs": [
            {
                "label": "Open",
                "url": f"?{whose[1:]}",
                "count": kept.open,
                "current": not shows_settled,
            },
            {
                "label": "Kept and broken",
                "url": f"?show=settled{whose}",
                "count": kept.in_time + kept.late + kept.broken,
                "current": shows_settled,
            },
        ],
        "whose": [
            {
                "label": "Everybody's",
                "url": "?show=settled" if shows_settled else "?",
                "current": not mine,
            },
            {
                "label": "Mine",
                "url": f"?mine=yes{'&show=settled' if shows_settled else ''}",
                "current": mine,
            },
        ],
        "today": now.date(),
        "may_edit": request.user.may(Permission.EDIT_CUSTOMERS),
        "crumbs": [{"label": "Promises"}],
        "now": now,
    }
    return render(request, "workspace/promises/index.html", context)


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note a promise to a customer."""
    customer, now = customer_of(request, pk), timezone.now()
    form = PromiseForm(request.POST or None, customer=customer, now=now)
    key = _feedback_key(request, customer)
    if form.keeps(verbs.make, customer=customer, by=request.user, feedback_key=key):
        return done(request, "Noted.", customer, to=reverse("workspace:promises"))
    return show(request, "form", title="Note a promise", now=now, customer=customer, form=form, save="Note it")  # fmt: skip


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put right what was noted."""
    promise, now = _found(request, pk), timezone.now()
    form = EditForm(request.POST or None, initial={"text": promise.text, "due_on": promise.due_on})
    if form.is_valid():
        edited = form.attempt(verbs.edit, promise=promise, by=request.user, at=now)
        if edited is not None:
            return done(request, "Kept.", promise.customer, to=reverse("workspace:promises"))
    context = {"form": form, "promise": promise, "crumbs": _crumbs(), "now": now}
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/promises/edit.html", context, status=status)


@open_to_colleagues("POST", needs=Permission.EDIT_CUSTOMERS)
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that a promise was kept or broken, or open it again."""
    promise = _found(request, pk)
    decision = DECISIONS.get(request.POST.get("decision", ""))
    if decision is None:
        messages.error(request, "Say whether it was kept or broken.")
        return redirect("workspace:promises")
    verb, said = decision
    try:
        verb(promise=promise, by=request.user, at=timezone.now())
        messages.success(request, said)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("workspace:promises")


def _found(request: SignedInRequest, pk: int) -> Promise:
    return get_object_or_404(promises.visible_to(request.user), pk=pk)


def _feedback_key(request: SignedInRequest, customer: Customer) -> str:
    """The feedback upon which it is promised, if the address names one of this customer's."""
    asked = request.GET.get("feedback", "")[:200]
    known = feedback.of_customer(customer).filter(key=asked) if asked else None
    return asked if known is not None and known.exists() else ""


def _crumbs() -> list[dict[str, str]]:
    return [{"label": "Promises", "url": reverse("workspace:promises")}, {"label": "Put right"}]
