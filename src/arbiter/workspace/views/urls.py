"""The addresses of kept views."""

from django.urls import path

from arbiter.workspace.views import pages

urlpatterns = [
    path("views/", pages.views, name="views"),
    path("views/<int:pk>/forgetting/", pages.forget, name="view-forgetting"),
]
