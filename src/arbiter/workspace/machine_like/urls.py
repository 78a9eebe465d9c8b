"""The addresses of the answers that look like a machine's."""

from django.urls import path

from arbiter.workspace.machine_like import pages

urlpatterns = [
    path("machine-like/", pages.index, name="responses-machine-like"),
    path("answers/<int:pk>/review/", pages.decide, name="responses-review"),
]
