"""The address of the belief scores."""

from django.urls import path

from arbiter.workspace.belief_scores import pages

urlpatterns = [path("belief-scores/", pages.index, name="scores")]
