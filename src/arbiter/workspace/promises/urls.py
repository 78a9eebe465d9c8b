"""The addresses of promises."""

from django.urls import path

from arbiter.workspace.promises import pages

urlpatterns = [
    path("promises/", pages.index, name="promises"),
    path("promises/<int:pk>/", pages.edit, name="promise-edit"),
    path("promises/<int:pk>/decision/", pages.settle, name="promise-decision"),
    path("customers/<int:pk>/promises/new/", pages.new, name="promise-new"),
]
