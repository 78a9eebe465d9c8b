"""The addresses of sources."""

from django.urls import path

from arbiter.workspace.sources import changes, heard, keys, pages, rejections

urlpatterns = [
    path("settings/sources/", pages.every, name="settings-sources"),
    path("settings/sources/new/", changes.new, name="settings-source-new"),
    path("settings/sources/<int:pk>/", pages.one, name="settings-source"),
    path("settings/sources/<int:pk>/edit/", changes.edit, name="settings-source-edit"),
    path("settings/sources/<int:pk>/heard/", heard.show, name="settings-source-heard"),
    path("settings/sources/<int:pk>/key/", keys.renew, name="settings-source-key"),
    path("settings/sources/<int:pk>/revocation/", keys.revoke, name="settings-source-revocation"),
    path("settings/sources/<int:pk>/rejected/", rejections.every, name="settings-source-rejected"),
]
