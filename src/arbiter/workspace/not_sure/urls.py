"""The addresses of those who are not sure."""

from django.urls import path

from arbiter.workspace.not_sure import later, queue, work

urlpatterns = [
    path("not-sure/", queue.index, name="not-sure"),
    path("not-sure/later/", later.index, name="not-sure-later"),
    path("answers/<int:pk>/not-sure/", work.edit, name="not-sure-work"),
]
