"""Every address. Each face brings its own list."""

from django.urls import include, path

from arbiter.config import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("accounts/", include("arbiter.workspace.sign_in.accounts")),
    path("", include("arbiter.api.urls")),
    path("", include("arbiter.portal.urls")),
    path("", include("arbiter.workspace.urls")),
]
