"""The address of what was not sent."""

from django.urls import path

from arbiter.workspace.unsent import pages

urlpatterns = [path("unsent/", pages.index, name="unsent")]
