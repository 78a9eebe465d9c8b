"""The addresses by which people of ours come in."""

from django.urls import path

from arbiter.workspace.sign_in import demo, invitations

urlpatterns = [
    path("invitation/<str:token>/", invitations.accept, name="invitation"),
    path("demo/entry/", demo.enter, name="demo-entry"),
]
