"""A site of loopback, as a product is: its page runs a text in which a browser's client is imported by its name."""

import threading
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.clients import kit

# Segment's package holds one file for browsers, which is no module.
SEGMENT = "@segment/analytics-next/dist/umd/index.js"
MODULES = """{"imports": {
  "@segment/analytics-next": "/segment.js",
  "@rudderstack/analytics-js/bundled": "/packages/@rudderstack/analytics-js/dist/npm/modern/bundled/esm/index.mjs",
  "posthog-js": "/packages/posthog-js/dist/module.js"
}}"""
PAGE = f"""<!doctype html><html lang="en"><title>A product</title><script src="/packages/{SEGMENT}"></script>
<script type="importmap">{MODULES}</script><script type="module">%s</script><h1>A product</h1></html>"""


class Site(BaseHTTPRequestHandler):
    """Serves pages by name, and the packages."""

    pages: dict[str, str]

    def do_GET(self):
        path = self.path.partition("?")[0].strip("/")
        if path in self.pages:
            self._answer("text/html", PAGE % self.pages[path])
        elif path == "segment.js":
            self._answer("text/javascript", "export const { AnalyticsBrowser } = AnalyticsNext;")
        elif path.startswith("packages/"):
            file = kit.PACKAGES / path.removeprefix("packages/")
            self._answer("text/javascript", file.read_text(encoding="utf-8"))
        else:
            self.send_error(404, escape(path))

    def _answer(self, kind, text):
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


@contextmanager
def serving(pages: dict[str, str]):
    """The address of a site with some pages, for the length of a block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Ours", (Site,), {"pages": pages}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
