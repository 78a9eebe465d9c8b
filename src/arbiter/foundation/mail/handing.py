"""Handing mail to a provider through its API: the same three ways to fail as with a mail server."""

from __future__ import annotations

from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured

from arbiter.foundation.mail.transport import (
    MASK,
    MailTrouble,
    Refused,
    ServerAway,
    Unsure,
)

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

    from arbiter.foundation.mail.provider import Provider

TIMEOUT_SECONDS = 20
# Our key is wrong, or we are too fast: the rest of the mail would fare no better.
AWAY = frozenset({401, 402, 403, 407, 429, 503})


class Handing:
    """A conversation with a provider, for as many mails as there are. Use it with `with`."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.transcript: list[str] = []
        self._backend: Any = None

    def __enter__(self) -> Handing:
        """Get ready to send; the provider is first spoken to with the first mail.

        Raises:
            ServerAway: what `EMAIL_URL` says is not enough for this provider.
        """
        self.transcript.append(f"* {self.provider}")
        known = import_module(f"anymail.backends.{self.provider.module}")
        try:
            self._backend = known.EmailBackend(**self._told())
            self._backend.open()
        except (ImproperlyConfigured, TypeError) as problem:
            raise ServerAway(self._masked(problem)) from problem
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._backend is not None:
            self._backend.close()
            self._backend = None

    def send(self, message: EmailMessage) -> str:
        """Hand one mail over and return the provider's number of it.

        Raises:
            Refused: the provider will not take it, whatever we do.
            ServerAway: it takes nothing at the moment.
            Unsure: the connection broke after the mail was handed over.
        """
        from anymail.exceptions import AnymailError

        self.transcript.append(f"> a mail to {', '.join(message.recipients())}")
        try:
            self._backend.send_messages([message])
        except (AnymailError, ImproperlyConfigured) as problem:
            raise self._trouble(problem) from problem
        status = message.anymail_status  # type: ignore[attr-defined]
        number = str(status.message_id or "")
        self.transcript.append(f"< {', '.join(status.status or ())}, number {number or 'none'}")
        return number[:200]

    def _told(self) -> dict[str, str]:
        slow = {} if self.provider.name in ("amazon-ses", "test") else {"timeout": TIMEOUT_SECONDS}
        return {**self.provider.options, **slow}  # type: ignore[dict-item]

    def _trouble(self, problem: Exception) -> MailTrouble:
        from anymail.exceptions import AnymailRecipientsRefused

        told, code = self._masked(problem), getattr(problem, "status_code", None)
        if isinstance(problem, AnymailRecipientsRefused):
            return Refused(told)
        if isinstance(problem, ImproperlyConfigured) or code in AWAY or _never_reached(problem):
            return ServerAway(told)
        if code is None and not _broke(problem):
            return Refused(told)  # it could not even be written
        return Refused(told) if code is not None and 400 <= code < 500 else Unsure(told)

    def _masked(self, problem: Exception) -> str:
        told = str(problem) or type(problem).__name__
        for secret in self.provider.secrets:
            told = told.replace(secret, MASK)
        self.transcript.append(f"! {told}")
        return told


def _broke(problem: Exception) -> bool:
    """Say whether the connection failed, so that there is no answer."""
    from requests import RequestException

    return isinstance(problem, RequestException) and getattr(problem, "response", None) is None


def _never_reached(problem: Exception) -> bool:
    """Say whether the connection failed before anything was told."""
    from requests.exceptions import ConnectTimeout, InvalidSchema, InvalidURL, ProxyError, SSLError
    from urllib3.exceptions import NewConnectionError

    if isinstance(problem, ConnectTimeout | SSLError | ProxyError | InvalidURL | InvalidSchema):
        return True
    cause = problem.__cause__
    reason = getattr(cause.args[0], "reason", None) if cause is not None and cause.args else None
    return isinstance(reason, NewConnectionError)
