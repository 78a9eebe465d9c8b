"""The addresses of the shell."""

from django.urls import path

from arbiter.workspace.shell import theme

urlpatterns = [path("theme/", theme.choose, name="theme")]
