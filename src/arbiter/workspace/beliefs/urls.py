"""The addresses of beliefs."""

from django.urls import path

from arbiter.workspace.beliefs import beliefs, openings

urlpatterns = [
    path("contracts/<int:pk>/beliefs/", beliefs.log, name="beliefs"),
    path("answers/<int:pk>/opening/", openings.open_answer, name="answer-opening"),
]
