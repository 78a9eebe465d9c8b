"""The short way to the door, as web servers take it: the same answers, without what pages need."""

import io
import json
from importlib import import_module

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import get_resolver

from arbiter.config import wsgi
from arbiter.usage.models import Parcel
from tests.api.test_ingest import CALL, basic
from tests.usage.captured import as_json


@pytest.fixture(autouse=True)
def _connections_stay():
    """A request lets go of a connection that is within a transaction, as that of a test is."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask(path, body=b"", method="POST", **environ):
    """Ask the application as a web server does."""
    heard = {}

    def start(status, headers, *error):
        heard.update(status=int(status[:3]), headers=dict(headers))

    given = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "x",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "elsewhere.example",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    } | environ
    answer = wsgi.application(given, start)
    heard["body"] = b"".join(answer)
    return heard


def post(path, body, **environ):
    return ask(path, as_json(body), HTTP_AUTHORIZATION=basic("wk_test"), **environ)


@pytest.mark.parametrize("path", ["/v1/track", "/batch/", "/i/v0/e", "/ingest/v1/t/"])
def test_events_take_it_whatever_the_host_is_called(server, path):
    heard = post(path, CALL)

    assert (heard["status"], json.loads(heard["body"])) == (200, {"success": True})
    assert heard["headers"].keys() == {"Content-Type", "Content-Length"}
    assert Parcel.objects.count() == 1


def test_pages_do_not(world):
    assert "Content-Security-Policy" in ask("/healthz", method="GET", HTTP_HOST="localhost")["headers"]  # fmt: skip


def test_a_host_with_a_path_leads_there_too(server, monkeypatch):
    monkeypatch.setattr(wsgi, "_BENEATH", "/arbiter")

    assert post("/arbiter/v1/track", CALL)["status"] == 200
    assert post("/v1/track", CALL)["status"] == 200


@pytest.mark.parametrize("path", ["/v1/nothing", "/array/x", "/ingest/nothing", "/ingest/"])
def test_what_is_not_there_is_told_in_json(server, path):
    heard = post(path, CALL)

    assert heard["status"] == 404
    assert json.loads(heard["body"])["code"] == "unknown_address"


def test_every_address_of_the_door_takes_it():
    routes = {str(entry.pattern) for entry in import_module("arbiter.api.ingest.urls").urlpatterns}
    exact = {route for route in routes if not route.startswith(("v1/", "array/", "^"))}

    assert {f"/{route}" for route in exact} == wsgi._EXACT


def test_the_same_views_stand_in_the_ordinary_list():
    for path in ("/v1/batch", "/e/", "/array/key/config.js", "/v1/webhook/7"):
        short = get_resolver(wsgi.DoorRequest.urlconf).resolve(path)
        assert get_resolver(settings.ROOT_URLCONF).resolve(path).func is short.func
