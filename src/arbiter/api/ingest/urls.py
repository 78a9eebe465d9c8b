"""The addresses of the door. Each with its slash and without: a redirect turns a POST into a lost batch."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from arbiter.api.answers import NotTaken, View
from arbiter.api.ingest import stubs, webhook
from arbiter.api.ingest.door import public, taking

SEGMENT = {
    "identify": ("identify", "i"),
    "track": ("track", "t"),
    "page": ("page", "p"),
    "screen": ("screen", "s"),
    "group": ("group", "g"),
    "alias": ("alias", "a"),
    None: ("batch", "b", "import"),
}
POSTHOG = ("batch", "e", "capture", "i/v0/e")
STUBS: dict[str, View] = {
    "flags": stubs.flags,
    "decide": stubs.decide,
    "array/<str:key>/config": stubs.config,
}


def unknown(request: HttpRequest) -> HttpResponse:
    """Say that there is no such address, in words a client understands."""
    raise NotTaken(404, "unknown_address", "There is no such address. See docs/api/ingest.md.")


def _both(route: str, view: View, name: str) -> list[URLPattern]:
    return [path(route + slash, view, name=name) for slash in ("", "/")]


urlpatterns: list[URLPattern] = [
    *(
        pattern
        for kind, words in SEGMENT.items()
        for word in words
        for pattern in _both(f"v1/{word}", taking("segment", type=kind), f"segment-{word}")
    ),
    *(
        pattern
        for word in POSTHOG
        for pattern in _both(word, taking("posthog"), f"posthog-{word.replace('/', '-')}")
    ),
    *(pattern for route, view in STUBS.items() for pattern in _both(route, public(view), "stub")),
    path("array/<str:key>/config.js", public(stubs.config_js), name="stub"),
    *_both("v1/webhook/<int:source_id>", public(webhook.numbered), "webhook"),
    *_both("v1/webhook/<str:key>", public(webhook.keyed), "webhook-keyed"),
    re_path(r"^(?:v1|array)/", public(unknown), name="unknown"),
]
