"""The addresses of the model."""

from django.urls import path

from arbiter.workspace.model import judging, pages, renewals

urlpatterns = [
    path("model/", pages.index, name="model"),
    path("model/progress/", judging.show, name="model-progress"),
    path("model/renewals/", renewals.index, name="model-renewals"),
]
