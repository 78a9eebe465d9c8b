"""The addresses of the first run."""

from django.urls import path

from arbiter.workspace.first_run import pages

urlpatterns = [
    path("first-run/", pages.first_run, name="first-run"),
    path("first-run/data/", pages.first_data, name="first-data"),
]
