"""The addresses for a mail provider, each behind a secret that Settings → Mail shows."""

from django.urls import path

from arbiter.api.mail import hook

urlpatterns = [
    path("api/mail/<str:secret>/<str:news>/", hook.take, name="mail-hook"),
]
