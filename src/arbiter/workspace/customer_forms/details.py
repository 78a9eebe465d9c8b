"""Adding a customer, and correcting what is written about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from arbiter.accounts.actions import customers as actions
from arbiter.accounts.queries import customers
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import DayField, OneRow
from arbiter.workspace.locales import LanguageField
from arbiter.workspace.replies import GroupedForm, customer_of, done, show

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

OFFERED = ("stage", "segment", "industry", "region")


class OwnerField(OneRow):
    """A colleague who looks after the customer."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)

    def label_from_instance(self, obj: Person) -> str:
        """Their name."""
        return obj.name


def _offered(field: str, **kwargs: Any) -> forms.CharField:
    """A word of the company's own, with those in use offered."""
    widget = forms.TextInput(attrs={"list": f"{field}-in-use"})
    return forms.CharField(max_length=100, required=False, widget=widget, **kwargs)


class CustomerForm(GroupedForm):
    """What is written about a customer."""

    GROUPS = (
        ("Who they are", 2, ("name", "domain", "owner", "since")),
        ("Where they are", 2, ("stage", "segment", "industry", "region", "language")),
    )

    name = forms.CharField(label="Name", max_length=200)
    domain = forms.CharField(label="Web domain", max_length=200, required=False)
    owner = OwnerField(label="Looked after by", required=False, empty_label="Nobody")
    since = DayField(label="Customer since", required=False)
    stage = _offered(
        "stage",
        label="Stage",
        help_text="Trial, onboarding, adoption … goals of an older one are asked anew.",
    )
    segment = _offered("segment", label="Segment")
    industry = _offered("industry", label="Industry")
    region = _offered("region", label="Region")
    language = LanguageField(
        required=False,
        unknown="That of our company",
        help_text="Of whoever there has none of their own.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = customers.colleagues_who_may_own()  # type: ignore[attr-defined]


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def add(request: SignedInRequest) -> HttpResponse:
    """Show the empty form; a POST adds a customer."""
    now = timezone.now()
    form = CustomerForm(request.POST or None, initial={"owner": request.user.pk})
    if form.is_valid():
        customer = form.attempt(actions.add, by=request.user, at=now)
        if customer is not None:
            return done(request, f"{customer.name} is there. Who are its people?", customer)
    return show(
        request,
        "customer_forms/details",
        title="New customer",
        lead="A name is enough to begin. Many at once come by an import.",
        now=now,
        form=form,
        save="Add customer",
        offered=_words_in_use(),
    )


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what is written about a customer; a POST corrects it."""
    customer = customer_of(request, pk)
    now = timezone.now()
    initial = {name: getattr(customer, name) for name in CustomerForm.base_fields}
    form = CustomerForm(request.POST or None, initial=initial)
    if form.keeps(actions.edit, customer=customer, by=request.user, at=now):
        return done(request, "Saved.", customer)
    return show(
        request,
        "customer_forms/details",
        title="Edit customer",
        now=now,
        customer=customer,
        form=form,
        offered=_words_in_use(),
    )


def _words_in_use() -> dict[str, list[str]]:
    return {field: customers.words_in_use(field) for field in OFFERED}
