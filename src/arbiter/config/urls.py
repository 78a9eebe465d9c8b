"""Every address. Each face brings its own list."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("arbiter.portal.urls")),
    path("", include("arbiter.workspace.urls")),
]
