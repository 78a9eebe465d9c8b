"""The views a colleague keeps: their list, keeping one, forgetting one."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.forms import VerbForm
from arbiter.workspace.lists.query import Query
from arbiter.workspace.views import kept


class ViewForm(VerbForm):
    """A name, and the filters as the address says them."""

    name = forms.CharField(label="Name of the view", max_length=60)
    query = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_query(self) -> Query:
        """Take what the customers page understands."""
        return Query.parse(self.cleaned_data["query"])


@open_to_colleagues("GET", "POST")
def views(request: SignedInRequest) -> HttpResponse:
    """Show the views that are kept; a POST keeps one."""
    shown = Query.read(request.GET)
    form = ViewForm(request.POST or None, initial={"query": shown.text()})
    if form.is_valid():
        view = form.attempt(kept.keep, by=request.user)
        if view is not None:
            messages.success(request, f"“{view.name}” is kept.")
            return redirect(Query.parse(view.query).url(reverse("workspace:customers")))
    listed = [
        {"pk": view.pk, "name": view.name, "url": _address(view.query)}
        for view in kept.of(request.user)
    ]
    context = {
        "form": form,
        "keeps": bool(shown.pairs) or form.is_bound,
        "views": listed,
        "crumbs": [
            {"label": "Customers", "url": reverse("workspace:customers")},
            {"label": "Views"},
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "workspace/views/index.html", context, status=status)


@open_to_colleagues("POST")
def forget(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget a view of one's own."""
    view = get_object_or_404(kept.of(request.user), pk=pk)
    kept.forget(view=view)
    messages.success(request, f"“{view.name}” is forgotten.")
    return redirect("workspace:views")


def _address(query: str) -> str:
    return Query.parse(query).url(reverse("workspace:customers"))
