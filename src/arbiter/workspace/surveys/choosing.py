"""GET /customers/<pk>/surveys/: choose what to ask a customer, or one person there; whom to ask is chosen on the next page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from arbiter.accounts.queries import contacts, customers
from arbiter.foundation.roles import Permission
from arbiter.voice.queries import surveys
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.asks.choice import numbers
from arbiter.workspace.surveys import library

if TYPE_CHECKING:
    from arbiter.accounts.models import Contact, Customer
    from arbiter.voice.models import Survey

COLUMNS = library.COLUMNS[:3]


@open_to_colleagues("GET", needs=Permission.ASK_CUSTOMERS)
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """List what can be asked; each leads to the page where its people are chosen."""
    customer = get_object_or_404(customers.visible_to(request.user), pk=pk)
    contact = _contact(request, customer)
    rows = library.rows(surveys.standing())
    named = {"customer": customer.name, "goal": "…", "stage": customer.stage}
    context = {
        "customer": customer,
        "contact": contact,
        "rows": [
            {
                **row,
                **surveys.filled_with({"question": row["question"]}, **named),
                "url": _address(row["survey"], customer, contact),
            }
            for row in rows
        ],
        "columns": COLUMNS,
        "crumbs": [
            {"label": "Customers", "url": reverse("workspace:customers")},
            {"label": customer.name, "url": reverse("workspace:customer", args=[pk])},
            {"label": "Ask a survey"},
        ],
    }
    return render(request, "workspace/surveys/choosing.html", context)


def _contact(request: SignedInRequest, customer: Customer) -> Contact | None:
    """The person of `?contact=`, or answer 404; nobody named is everybody there."""
    named = numbers(request.GET, "contact")
    if not named:
        return None
    found = contacts.of(customer).filter(pk=named[0], left_on=None).first()
    if found is None:
        raise Http404("There is no such contact.")
    return found


def _address(survey: Survey, customer: Customer, contact: Contact | None) -> str:
    """Where this survey is asked: what the letter asks has a page of its own."""
    whom: dict[str, Any] = {"customer": customer.pk}
    if contact is not None:
        whom["contact"] = contact.pk
    if surveys.goes_by_letter(survey):
        return f"{reverse('workspace:asks-new')}?{urlencode(whom | {'kind': survey.kind})}"
    return f"{reverse('workspace:surveys-people', args=[survey.key])}?{urlencode(whom)}"
