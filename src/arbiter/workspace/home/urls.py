"""The addresses of the home screen."""

from django.urls import path

from arbiter.workspace.home import pages
from arbiter.workspace.lists import counting

urlpatterns = [
    path("", pages.home, name="home"),
    path("counting/", counting.show, name="counting"),
]
