"""The gallery alone, so that its tests need no other face."""

from django.urls import path

from arbiter.ui.gallery import gallery

urlpatterns = [path("gallery/", gallery), path("gallery/<slug:page>/", gallery)]
