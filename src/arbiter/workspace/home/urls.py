"""The addresses of the home screen."""

from django.urls import path

from arbiter.workspace.home import counting, pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("counting/", counting.show, name="counting"),
]
