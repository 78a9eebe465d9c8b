"""The addresses of milestones."""

from django.urls import path

from arbiter.workspace.milestones import completions, removals, steps

urlpatterns = [
    path("goals/<int:pk>/milestones/", steps.add, name="goal-milestones"),
    path("milestones/<int:pk>/completion/", completions.complete, name="milestone-completion"),
    path("milestones/<int:pk>/removal/", removals.remove, name="milestone-removal"),
]
