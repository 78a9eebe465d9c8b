"""Speaking SMTP: one conversation, written down with its secrets masked, and three ways to fail."""

from __future__ import annotations

import re
import smtplib
import ssl
from types import TracebackType
from typing import Any

from arbiter.foundation.mail.server import Security, Server

TIMEOUT_SECONDS = 20
MASK = "••••"
LEADING_DOT = re.compile(rb"(?m)^\.")


class MailTrouble(Exception):
    """A mail did not go out; the text says what happened, in the server's words where it spoke."""


class TryLater(MailTrouble):
    """This mail may go out later."""


class ServerAway(TryLater):
    """No mail can go out at the moment: the server is not there, or does not accept us."""


class Refused(MailTrouble):
    """The server will never take this mail."""


class Unsure(MailTrouble):
    """The connection broke after the mail was handed over: nobody knows whether it was taken."""


class Session:
    """A conversation with a mail server, for as many mails as there are. Use it with `with`."""

    def __init__(self, server: Server, *, our_name: str) -> None:
        self.server = server
        self.our_name = our_name
        self.transcript: list[str] = []
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Session:
        """Connect, secure the way and sign in.

        Raises:
            ServerAway: any of it failed.
        """
        try:
            self._smtp = smtp = _connect(self.server, self.transcript, self.our_name)
            smtp.ehlo_or_helo_if_needed()
            if self.server.security is Security.STARTTLS:
                smtp.starttls(context=self.server.tls())
                smtp.ehlo_or_helo_if_needed()
            if self.server.user:
                smtp.login(self.server.user, self.server.password)
        except (OSError, smtplib.SMTPException) as problem:
            self.__exit__(None, None, None)
            raise ServerAway(self._told(problem)) from problem
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self._smtp.close()
            self._smtp = None

    def send(self, message: bytes, *, sender: str, to: str) -> None:
        """Hand one mail over.

        Raises:
            Refused: the server will not take it, whatever we do (5xx).
            TryLater: it will not take it now (4xx).
            ServerAway: the connection broke before the mail was handed over.
            Unsure: the connection broke after that.
        """
        assert self._smtp is not None
        try:
            self._expect(250, self._smtp.mail(sender))
            self._expect(250, self._smtp.rcpt(to))
            self._expect(354, self._smtp.docmd("DATA"))
        except (OSError, smtplib.SMTPException) as problem:
            raise ServerAway(self._told(problem)) from problem
        self._hand_over(message)

    def _hand_over(self, message: bytes) -> None:
        assert self._smtp is not None
        self.transcript.append(f"> ({len(message)} bytes of mail)")
        try:
            self._smtp.send(LEADING_DOT.sub(b"..", message) + b"\r\n.\r\n")
            reply = self._smtp.getreply()
        except (OSError, smtplib.SMTPException) as problem:
            raise Unsure(self._told(problem)) from problem
        self._expect(250, reply)

    def _expect(self, code: int, reply: tuple[int, bytes]) -> None:
        got, words = reply
        if got == code or (code == 250 and got == 251):
            return
        told = f"{got} {words.decode('utf-8', 'replace')}"
        if got == 421:
            raise ServerAway(told)
        assert self._smtp is not None
        try:
            self._smtp.rset()
        except (OSError, smtplib.SMTPException) as problem:
            self.transcript.append(f"! {problem}")
        if 500 <= got < 600:
            raise Refused(told)
        raise TryLater(told)

    def _told(self, problem: Exception) -> str:
        """Say what went wrong without ever repeating the password."""
        if isinstance(problem, smtplib.SMTPResponseException):
            error = problem.smtp_error
            words = error.decode("utf-8", "replace") if isinstance(error, bytes) else str(error)
            told = f"{problem.smtp_code} {words}"
        elif isinstance(problem, ssl.SSLCertVerificationError):
            told = f"The server's certificate is not trusted: {problem.verify_message}."
        else:
            told = str(problem) or type(problem).__name__
        if self.server.password:
            told = told.replace(self.server.password, MASK)
        self.transcript.append(f"! {told}")
        return told


class _WrittenDown:
    """Keeps what was said: our lines begin with `>`, the server's with `<`; what signs us in is masked."""

    transcript: list[str]
    _secret = False

    def putcmd(self, cmd: str, args: str = "") -> None:
        if not self._secret:
            said = f"{cmd} {args}".strip()
        else:
            said = f"AUTH {args.split(' ')[0]} {MASK}" if cmd == "AUTH" else MASK
        self.transcript.append(f"> {said}")
        super().putcmd(cmd, args)  # type: ignore[misc]

    def getreply(self) -> tuple[int, bytes]:
        code, words = super().getreply()  # type: ignore[misc]
        self.transcript.append(f"< {code} {words.decode('utf-8', 'replace')}")
        return code, words

    def auth(self, *args: Any, **kwargs: Any) -> Any:
        self._secret = True
        try:
            return super().auth(*args, **kwargs)  # type: ignore[misc]
        finally:
            self._secret = False


class _Plain(_WrittenDown, smtplib.SMTP):
    def __init__(self, transcript: list[str], *args: Any, **kwargs: Any) -> None:
        self.transcript = transcript
        super().__init__(*args, **kwargs)


class _Tls(_WrittenDown, smtplib.SMTP_SSL):
    def __init__(self, transcript: list[str], *args: Any, **kwargs: Any) -> None:
        self.transcript = transcript
        super().__init__(*args, **kwargs)


def _connect(server: Server, transcript: list[str], our_name: str) -> smtplib.SMTP:
    transcript.append(f"* {server.host}:{server.port}, {server.security}")
    # Our name is given, for asking the resolver for it can take long.
    told: dict[str, Any] = {"local_hostname": our_name, "timeout": TIMEOUT_SECONDS}
    if server.security is Security.TLS:
        return _Tls(transcript, server.host, server.port, context=server.tls(), **told)
    return _Plain(transcript, server.host, server.port, **told)
