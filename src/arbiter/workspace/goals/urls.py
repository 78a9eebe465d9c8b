"""The addresses of goals."""

from django.urls import path

from arbiter.workspace.goals import capture, detail, retirements, revisions, verdicts

urlpatterns = [
    path("customers/<int:pk>/goals/new/", capture.capture, name="goal-new"),
    path("goals/wording/", capture.wording, name="goal-wording"),
    path("goals/<int:pk>/", detail.detail, name="goal"),
    path("goals/<int:pk>/revisions/", revisions.revise, name="goal-revisions"),
    path("goals/<int:pk>/retirement/", retirements.retire, name="goal-retirement"),
    path("goals/<int:pk>/verdicts/", verdicts.record, name="goal-verdicts"),
]
