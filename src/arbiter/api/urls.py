"""The addresses for machines."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from arbiter.api.ingest import urls as ingest
from arbiter.api.ingest.door import public
from arbiter.api.mail.urls import urlpatterns as mail
from arbiter.api.v1 import rejections, told

app_name = "api"

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/rejections", rejections.listed, name="rejections"),
    path("api/v1/asks", told.asks, name="asks"),
    path("api/v1/answers", told.answers, name="answers"),
    path("api/v1/feedback", told.feedback_, name="feedback"),
    *mail,
    # A client may be told a host with this path behind it; one that drops the path finds the same at the root.
    path("ingest/", include(ingest)),
    re_path(r"^ingest/", public(ingest.unknown), name="unknown"),
    path("", include(ingest)),
]
