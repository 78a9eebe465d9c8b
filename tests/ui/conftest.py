"""Draw a piece of template, or serve the gallery to a browser without a database."""

from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.template import engines
from django.test import override_settings


@pytest.fixture
def draw():
    """What a template gives: `draw('{% icon "x" %}', name=value)`."""

    def draw_(source, **context):
        return engines["django"].from_string(source).render(context)

    return draw_


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """A test says what failed; the list of requests does not."""


@pytest.fixture(scope="module")
def gallery_address():
    """The gallery, served on a free port of this machine."""
    with override_settings(ROOT_URLCONF="tests.ui.urls"):
        application = StaticFilesHandler(get_wsgi_application())
        server = make_server(
            "127.0.0.1", 0, application, server_class=_Threads, handler_class=_Quiet
        )
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/gallery/"
        server.shutdown()
        server.server_close()
