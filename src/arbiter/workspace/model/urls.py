"""The addresses of the model."""

from django.urls import path

from arbiter.workspace.model import pages, renewals

urlpatterns = [
    path("model/", pages.index, name="model"),
    path("model/renewals/", renewals.index, name="model-renewals"),
]
