"""The address of the home screen."""

from django.urls import path

from arbiter.workspace.home import pages

urlpatterns = [path("", pages.home, name="home")]
