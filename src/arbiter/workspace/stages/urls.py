"""The addresses of stages."""

from django.urls import path

from arbiter.workspace.stages import pages

urlpatterns = [
    path("settings/stages/", pages.index, name="settings-stages"),
    path("settings/stages/<int:pk>/", pages.one, name="settings-stage"),
    path("settings/stages/<int:pk>/archive/", pages.archive, name="settings-stage-archive"),
]
