"""The addresses of touchpoints."""

from django.urls import path

from arbiter.workspace.touchpoints import log, removals

urlpatterns = [
    path("customers/<int:pk>/touchpoints/new/", log.log, name="touchpoint-new"),
    path("touchpoints/<int:pk>/removal/", removals.remove, name="touchpoint-removal"),
]
