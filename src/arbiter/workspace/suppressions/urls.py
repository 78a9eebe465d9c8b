"""The addresses of the list of those who are not written to."""

from django.urls import path

from arbiter.workspace.suppressions import files, pages

urlpatterns = [
    path("settings/suppressions/", pages.index, name="settings-suppressions"),
    path("settings/suppressions/<int:pk>/", pages.lift, name="settings-suppression-lift"),
    path("settings/suppressions/list/", files.take_in, name="settings-suppressions-list"),
    path("settings/suppressions.csv", files.hand_out, name="settings-suppressions-csv"),
]
