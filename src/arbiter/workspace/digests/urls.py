"""The addresses of the digest."""

from django.urls import path

from arbiter.workspace.digests import pages

urlpatterns = [
    path("settings/you/digest/", pages.own, name="settings-digest"),
    path("settings/digests/", pages.channels, name="settings-digests"),
    path("settings/digests/<int:pk>/", pages.decide, name="settings-digest-decision"),
]
