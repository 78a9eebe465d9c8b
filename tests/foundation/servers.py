"""Mail servers on loopback: friendly, strict, rude and broken ones."""

import ssl
from contextlib import contextmanager

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Postbox:
    """Takes every mail and keeps it, or answers as told."""

    def __init__(self, *, rcpt="250 OK", data="250 Taken"):
        self.mails = []
        self.rcpt = rcpt
        self.data = data

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.data.startswith("250"):
            self.mails.append(envelope)
        return self.data


class _Line(SMTP):
    """A line that can break at a word: before a mail is taken, or after, before we hear of it."""

    breaks_at = ""

    async def smtp_RCPT(self, arg):  # noqa: N802
        if self.breaks_at == "RCPT":
            self.transport.abort()
            return
        await super().smtp_RCPT(arg)

    async def push(self, status):
        if self.breaks_at == "reply" and str(status).startswith("250 Taken"):
            self.transport.abort()
            return
        await super().push(status)


class _Here(Controller):
    """A server on a free port."""

    breaks_at = ""
    # Starting it makes a first call that is not ours.
    calls = -1

    def factory(self):
        self.calls += 1
        line = _Line(self.handler, **self.SMTP_kwargs)
        line.breaks_at = self.breaks_at
        return line

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(handler=None, *, breaks_at="", tls=None, **options):
    """Run a mail server; yields its controller, which knows its `port` and its `handler`."""
    controller = _Here(
        handler or Postbox(), hostname="127.0.0.1", port=0, ssl_context=tls, **options
    )
    controller.breaks_at = breaks_at
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()


class Authority:
    """A certificate authority that no machine knows, and a server's certificate by it."""

    def __init__(self, folder):
        self.ca = trustme.CA()
        self.file = folder / "ca.pem"
        self.ca.cert_pem.write_to_path(str(self.file))

    def server_tls(self, name="127.0.0.1"):
        """Return what a server with a certificate for that name uses."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert(name).configure_cert(context)
        return context


def lets_in(user, password):
    """Return an authenticator that lets in one user."""

    def authenticate(server, session, envelope, mechanism, data):
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (
            user.encode(),
            password.encode(),
        )
        return AuthResult(success=right, handled=False)

    return authenticate
