"""The addresses of results."""

from django.urls import path

from arbiter.workspace.results import reports, telling

urlpatterns = [
    path("goals/<int:pk>/results/", reports.report, name="goal-results"),
    path("goals/<int:pk>/awareness/", telling.tell, name="goal-awareness"),
]
