"""What the shell around a workspace page shows; worked out only when a template asks for it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from arbiter.forecast.queries import facets, headline, memo
from arbiter.forecast.queries.standings import Filters
from arbiter.foundation.roles import ROLES, Permission
from arbiter.workspace.lists.query import Query
from arbiter.workspace.views import kept

if TYPE_CHECKING:
    from arbiter.foundation.models import Person

NAV = (
    ("home", "sun", "Home", None),
    ("customers", "building-2", "Customers", None),
    ("renewals", "calendar-clock", "Renewals", None),
    ("asks", "message-circle-question-mark", "Asks", None),
    ("surveys", "clipboard-list", "Surveys", None),
    ("rules", "list-checks", "Rules of asking", None),
    ("responses", "message-square-quote", "Responses", None),
    ("not-sure", "circle-question-mark", "Not sure", None),
    ("feedback", "inbox", "Feedback", None),
    ("promises", "handshake", "Promises", None),
    ("metrics", "chart-line", "Metrics", None),
    ("usage", "layers", "Usage", None),
    ("audit", "scale", "Audit", None),
    ("surprises", "triangle-alert", "Surprises", None),
    ("scores", "target", "Beliefs", None),
    ("model", "sliders-horizontal", "Model", Permission.SEE_ALL_CUSTOMERS),
    ("imports", "file-up", "Imports", Permission.IMPORT),
    ("outbox", "send", "Outbox", Permission.MANAGE_SETTINGS),
    ("settings", "settings", "Settings", Permission.MANAGE_SETTINGS),
)
TITLES = {"asks": "Their voice", "metrics": "What we measure", "imports": "This installation"}
"""Where a part of the navigation begins, and what it is called."""
# Whose navigation a page belongs to where its own name does not say so.
_CUSTOMERS = ("customer", "goal", "contact", "contract", "milestone", "touchpoint", "investment", "beliefs", "decision")  # fmt: skip
COUNTED_VIEWS = 8
USUAL_VIEWS = (
    ("Said no or not sure", "answer=no&answer=not_sure"),
    ("Never asked", "answer=never_asked"),
    ("Renewing in 90 days", "days=90"),
)
"""What stands in everybody's navigation before they keep views of their own."""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the shell, for colleagues who have signed in."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    now = timezone.now()
    counts = SimpleLazyObject(lambda: _counts(user, now))
    return {
        "now": now,
        "nav": SimpleLazyObject(lambda: _nav(request, user, counts)),
        "saved_views": SimpleLazyObject(lambda: _views(request, user, counts)),
        "me": SimpleLazyObject(lambda: _me(user)),
        "search_url": reverse("workspace:customers"),
        "search_query": request.GET.get("q", ""),
        "theme_url": reverse("workspace:theme"),
    }


def _nav(request: HttpRequest, user: Person, counts: Any) -> list[dict[str, Any]]:
    here = _section(request)
    return [
        {
            "title": TITLES.get(name),
            "icon": icon,
            "label": label,
            "url": reverse(f"workspace:{name}"),
            "count": counts["nav"].get(name),
            "current": name == here,
        }
        for name, icon, label, needs in NAV
        if needs is None or user.may(needs)
    ]


def _section(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None or match.namespace != "workspace" or not match.url_name:
        return ""
    name = match.url_name
    if name == "customers" and request.GET.get("view"):
        return ""
    if name.startswith(_CUSTOMERS):
        return "customers"
    first, _, _ = name.partition("-")
    return {
        "import": "imports",
        "view": "",
        "views": "",
        "not": "not-sure",
        "unsent": "rules",
        "promise": "promises",
    }.get(first, first)


def _views(request: HttpRequest, user: Person, counts: Any) -> list[dict[str, Any]]:
    match = request.resolver_match
    shown = Query.read(request.GET).text() if match and match.url_name == "customers" else None
    path = reverse("workspace:customers")
    return [
        {
            "label": name,
            "url": query.url(path),
            "count": counts["views"].get(query.text()),
            "current": shown == query.text(),
        }
        for name, query in counts["listed"]
    ]


def _counts(user: Person, now: datetime) -> dict[str, Any]:
    """Two queries, whatever is counted: the views that are kept, and whether the read model changed."""
    listed = [(view.name, Query.parse(view.query)) for view in kept.of(user)]
    listed = listed or [(name, Query.parse(query)) for name, query in USUAL_VIEWS]
    with memo.one_edition():
        everybody = facets.of(user, Filters(), as_of=now).total.customers
        due = headline.of(user, as_of=now).contracts
        views = {
            query.text(): facets.of(user, query.filters(user.pk), as_of=now).total.customers
            for _, query in listed[:COUNTED_VIEWS]
        }
    return {"nav": {"customers": everybody, "renewals": due}, "views": views, "listed": listed}


def _me(user: Person) -> dict[str, Any]:
    role = ROLES.get(user.role)
    return {
        "name": user.get_full_name(),
        "role": role.label if role else "",
        "menu": [
            {"label": "You", "url": reverse("workspace:settings-me"), "icon": "user"},
            {"label": "Your views", "url": reverse("workspace:views"), "icon": "bookmark"},
            {
                "label": "Sign out",
                "url": reverse("account_logout"),
                "icon": "log-out",
                "post": True,
            },
        ],
    }
