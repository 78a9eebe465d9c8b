"""/settings/keys/: which programs may read and write in whose name; a POST makes a key and tells it, this once."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from arbiter.foundation.actions import api_keys as actions
from arbiter.foundation.queries import api_keys, people
from arbiter.foundation.roles import ROLES, Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.settings.menu import page, status_of

if TYPE_CHECKING:
    from arbiter.foundation.models import ApiKey, Person

ROWS = 50
COLUMNS = [
    {"label": "What for"},
    {"label": "Acts for"},
    {"label": "May"},
    {"label": "Made"},
    {"label": "Last used"},
    {"label": "", "hidden_label": "What can be done"},
]


class KeyForm(VerbForm):
    """What a program is, and in whose name it acts."""

    name = forms.CharField(
        label="What for?", max_length=100, help_text="The program that will use it: data warehouse, help desk …"
    )  # fmt: skip
    person = forms.ModelChoiceField(
        label="In whose name",
        queryset=people.everyone().none(),
        empty_label=None,
        help_text="It sees and does what this person may, and stops with their access.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people.colleagues()
        field.label_from_instance = attrgetter("name")  # type: ignore[assignment]


@dataclass(frozen=True)
class Row:
    """A key as the list shows it."""

    key: ApiKey
    role: str
    scope: str


@open_to_colleagues("GET", "POST", needs=Permission.MANAGE_SETTINGS)
def every(request: SignedInRequest) -> HttpResponse:
    """List the keys; by POST make one, and tell it on the answer's page: nothing else ever shows it."""
    form = KeyForm(request.POST or None, initial={"person": request.user.pk})
    if form.is_valid():
        made = form.attempt(actions.make, by=request.user, at=timezone.now())
        if made is not None:
            return _told(request, *made)
    before = _place(request)
    rows, after = api_keys.page(before=before, most=ROWS)
    context = {
        "form": form,
        "columns": COLUMNS,
        "rows": [_row(key) for key in rows],
        "next_url": f"?before={after}" if after else "",
        "first_url": request.path if before else "",
    }
    return page(request, "index", context, status=status_of(request), folder="keys")


def scope_of(person: Person) -> str:
    """Say what a key of this person opens: it has no scopes but those of the role."""
    may = {"read": Permission.EXPORT, "bring feedback": Permission.EDIT_CUSTOMERS}
    told = [words for words, permission in may.items() if person.may(permission)]
    return " and ".join(told) or "do nothing"


def _told(request: SignedInRequest, key: ApiKey, text: str) -> HttpResponse:
    context = {
        "key": key,
        "text": text,
        "example": f'curl -H "Authorization: Bearer {text}" {settings.BASE_URL.rstrip("/")}/api/v1/answers',
        "scope": scope_of(key.person),
    }
    response = page(request, "made", context, folder="keys")
    response.headers["Cache-Control"] = "no-store"
    return response


def _row(key: ApiKey) -> Row:
    return Row(key, ROLES[key.person.role].label, scope_of(key.person))


def _place(request: SignedInRequest) -> int | None:
    """The last row of the page before; the beginning where the address is not ours."""
    said = request.GET.get("before", "")
    return int(said) if said.isdecimal() and len(said) < 19 else None
