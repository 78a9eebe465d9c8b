"""What a form answers: its page, its page with what is wrong (422), or the way back with a word of success."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from arbiter.accounts import rules
from arbiter.accounts.permissions import may_see
from arbiter.accounts.queries import customers
from arbiter.workspace.access import SignedInRequest
from arbiter.workspace.fields import DayField
from arbiter.workspace.forms import VerbForm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from arbiter.accounts.models import Customer


Group = tuple[str, int, tuple[str, ...]]


class GroupedForm(VerbForm):
    """A form whose fields stand in groups: (legend, columns, names of the fields)."""

    GROUPS: tuple[Group, ...] = ()
    MORE: tuple[Group, ...] = ()
    more_title = "More"

    def groups(self) -> Iterator[dict[str, Any]]:
        """The groups with their bound fields, for the template."""
        return self._bound(self.GROUPS)

    def more(self) -> Iterator[dict[str, Any]]:
        """Those that stand folded below the rest."""
        return self._bound(self.MORE)

    def more_is_open(self) -> bool:
        """Unfold what holds something, or an error."""
        names = [name for _, _, names in self.MORE for name in names]
        return any(name in self.errors or self[name].value() for name in names)

    def _bound(self, groups: tuple[Group, ...]) -> Iterator[dict[str, Any]]:
        for legend, columns, names in groups:
            yield {"legend": legend, "columns": columns, "fields": [self[name] for name in names]}

    def keeps(self, verb: Callable[..., object], **more: Any) -> bool:
        """Say whether the input was right and the verb took it; if not, the form shows why."""
        return self.is_valid() and self.attempt(verb, **more) is not None


class DatedForm(GroupedForm):
    """A form about something that was true on a day, today unless said otherwise."""

    on = DayField(label="When")

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": rules.day(now), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_on(self) -> date:
        """Refuse a day that is yet to come."""
        on: date = self.cleaned_data["on"]
        if on > rules.day(self.now):
            raise forms.ValidationError("That day is yet to come.")
        return on

    def attempt(self, verb: Callable[..., Any], **more: Any) -> Any:
        """Call the verb with both dates: when it was true, and that we learn it now."""
        on = self.cleaned_data.pop("on")
        return super().attempt(verb, at=rules.when(on, self.now), recorded_at=self.now, **more)


def customer_of(request: SignedInRequest, pk: int) -> Customer:
    """Find a customer through the door: 404 for whoever may not see it."""
    return get_object_or_404(customers.visible_to(request.user), pk=pk)


def show(
    request: SignedInRequest,
    template: str,
    *,
    title: str,
    now: datetime,
    customer: Customer | None = None,
    form: forms.BaseForm | None = None,
    crumbs: list[dict[str, str]] | None = None,
    **context: Any,
) -> HttpResponse:
    """Show a page about a customer with the way there above it; 422 after input that was refused."""
    way = [{"label": "Customers", "url": reverse("workspace:customers")}]
    if customer is not None:
        way.append({"label": customer.name, "url": page_of(customer)})
    shared = {
        "title": title,
        "now": now,
        "customer": customer,
        "form": form,
        "crumbs": [*way, *(crumbs or []), {"label": title}],
        "back": _asked_back(request) or (page_of(customer) if customer else way[0]["url"]),
        "next": _asked_back(request),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, f"workspace/{template}.html", shared | context, status=status)


def done(request: SignedInRequest, said: str, customer: Customer, *, to: str = "") -> HttpResponse:
    """Say that it is kept, and lead back: to where the visitor came from, to `to`, or to the customer."""
    messages.success(request, said)
    if not may_see(request.user, customer):
        return redirect("workspace:customers")
    return redirect(_asked_back(request) or to or page_of(customer))


def page_of(customer: Customer) -> str:
    """The address of a customer's page."""
    return reverse("workspace:customer", args=[customer.pk])


def _asked_back(request: SignedInRequest) -> str:
    """Where the form was asked to lead back to, if that is a place of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours and asked.startswith("/") else ""
