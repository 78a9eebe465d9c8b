"""The addresses of the outbox."""

from django.urls import path

from arbiter.workspace.outbox import pages

urlpatterns = [
    path("outbox/", pages.every, name="outbox"),
    path("outbox/<int:pk>/", pages.one, name="outbox-mail"),
    path("outbox/<int:pk>/decision/", pages.decide, name="outbox-decision"),
]
