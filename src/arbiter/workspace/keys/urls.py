"""The addresses of keys for programs."""

from django.urls import path

from arbiter.workspace.keys import pages, revocations

urlpatterns = [
    path("settings/keys/", pages.every, name="settings-keys"),
    path("settings/keys/<int:pk>/revocation/", revocations.revoke, name="settings-key-revocation"),
]
