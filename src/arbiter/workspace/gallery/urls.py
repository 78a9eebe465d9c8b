"""The addresses of the gallery."""

from django.urls import path

from arbiter.ui.gallery import gallery
from arbiter.workspace.access import open_to_colleagues

show = open_to_colleagues("GET")(gallery)

urlpatterns = [
    path("gallery/", show, name="gallery"),
    path("gallery/<slug:page>/", show, name="gallery-page"),
]
