"""The addresses of the workspace: nouns. Each part of the workspace brings its own list."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "workspace"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("arbiter.workspace.sign_in.urls")),
    path("", include("arbiter.workspace.first_run.urls")),
    path("", include("arbiter.workspace.settings.urls")),
    path("", include("arbiter.workspace.outbox.urls")),
    path("", include("arbiter.workspace.imports.urls")),
    path("", include("arbiter.workspace.asks.urls")),
]
