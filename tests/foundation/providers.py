"""A mail provider's API on loopback: takes mail as Postmark does, or answers as told."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread


class _Api(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append((self.headers, json.loads(body)))
        if self.server.status is None:
            return
        told = {"ErrorCode": self.server.code, "Message": self.server.message}
        if self.server.status == 200:
            told |= {"MessageID": f"number-{len(self.server.calls)}", "To": json.loads(body)["To"]}
        reply = json.dumps(told).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *told):
        """Say nothing: the calls are kept."""


@contextmanager
def provider(status=200, *, code=0, message="OK"):
    """Run the API; with `status=None` the line breaks after the mail was handed over. Yields it with its `calls` and `url`."""
    api = HTTPServer(("127.0.0.1", 0), _Api)
    api.calls, api.status, api.code, api.message = [], status, code, message
    api.url = f"anymail+postmark://server-token@?api_url=http://127.0.0.1:{api.server_port}/"
    thread = Thread(target=api.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        api.shutdown()
        api.server_close()
        thread.join()
