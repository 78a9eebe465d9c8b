"""Adding a customer, and correcting what is written about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from arbiter.accounts.actions import customers as actions
from arbiter.accounts.permissions import may_see
from arbiter.accounts.queries import customers
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.fields import DayField, OneRow
from arbiter.workspace.locales import LanguageField
from arbiter.workspace.replies import GroupedForm, customer_of, done, show

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from arbiter.accounts.models import Customer
    from arbiter.foundation.models import Person

OFFERED = ("stage", "segment", "industry", "region")


class OwnerField(OneRow):
    """A colleague who looks after the customer."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)

    def label_from_instance(self, obj: Person) -> str:
        """Their name."""
        return obj.name


class ParentField(forms.CharField):
    """A customer by its name or key, out of those that the form's reader may see; one out of reach stays as it is."""

    within: QuerySet[Customer]

    def read_by(self, reader: Person, there: Customer | None) -> None:
        """Say who reads it, and who is there."""
        self.within = customers.visible_to(reader)
        self.disabled = there is not None and not may_see(reader, there)

    def prepare_value(self, value: Any) -> Any:
        """Show a customer by its name."""
        return "A customer out of your reach" if self.disabled else getattr(value, "name", value)

    def clean(self, value: Any) -> Customer | None:
        """Find the one that is meant."""
        if self.disabled:
            return cast("Customer", value)
        said = str(super().clean(value))
        if not said:
            return None
        named = list(self.within.filter(name__iexact=said)[:2])
        found = named if len(named) == 1 else list(self.within.filter(key=said)[:1])
        if not found:
            several = "Several customers are called so: give its key."
            raise forms.ValidationError(several if named else "No customer is called so.")
        return found[0]


def _offered(field: str, **kwargs: Any) -> forms.CharField:
    """A word of the company's own, with those in use offered."""
    widget = forms.TextInput(attrs={"list": f"{field}-in-use"})
    return forms.CharField(max_length=100, required=False, widget=widget, **kwargs)


class CustomerForm(GroupedForm):
    """What is written about a customer."""

    GROUPS = (
        ("Who they are", 2, ("name", "domain", "owner", "since")),
        ("Where they are", 2, ("stage", "segment", "industry", "region", "language", "parent")),
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
    parent = ParentField(
        label="Part of",
        max_length=200,
        required=False,
        help_text="The customer they belong to, by its name or key.",
    )
    language = LanguageField(
        required=False,
        unknown="That of our company",
        help_text="Of whoever there has none of their own.",
    )

    def __init__(self, *args: Any, reader: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].read_by(reader, self.initial.get("parent"))  # type: ignore[attr-defined]
        self.fields["owner"].queryset = customers.colleagues_who_may_own()  # type: ignore[attr-defined]


@open_to_colleagues("GET", "POST", needs=Permission.EDIT_CUSTOMERS)
def add(request: SignedInRequest) -> HttpResponse:
    """Show the empty form; a POST adds a customer."""
    now = timezone.now()
    form = CustomerForm(
        request.POST or None, reader=request.user, initial={"owner": request.user.pk}
    )
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
    form = CustomerForm(request.POST or None, reader=request.user, initial=initial)
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
