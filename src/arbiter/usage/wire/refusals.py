"""What a whole body can be refused for."""

from __future__ import annotations


class Unreadable(Exception):
    """A body that cannot be read: a code for programs, a sentence for people, a status for HTTP."""

    def __init__(self, code: str, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


class Unfit(Exception):
    """One event that cannot be taken; those beside it can."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message
