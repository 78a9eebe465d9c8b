"""The addresses of the workspace: nouns. Each part of the workspace brings its own list."""

from django.urls import URLPattern, URLResolver

app_name = "workspace"

urlpatterns: list[URLPattern | URLResolver] = []
