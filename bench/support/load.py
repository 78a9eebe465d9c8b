"""Requests over loopback as fast as they are answered, or at a steady rate whether they are answered or not.

Written with bare protocols of asyncio: on a machine with few cores the one who asks takes from those who answer, so it
should take little.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter


@dataclass
class Told:
    """How it went: answers by status, and seconds from when a request was due to its answer."""

    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which a share of the answers came."""
        ordered = sorted(self.waits)
        return 1000 * ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def request(path: str, body: bytes, *headers: str) -> bytes:
    """Return a POST as it goes over the wire."""
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", *headers, f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def as_fast_as_possible(port: int, sent: bytes, *, connections: int, seconds: float) -> Told:
    """Have each connection send the next as soon as it was answered."""
    told = Told()

    async def run() -> None:
        end = perf_counter() + seconds

        def answered(line: _Line) -> None:
            if perf_counter() < end:
                line.send(sent, perf_counter())
            else:
                line.rest()

        lines = await _open(port, connections, told, answered)
        began = perf_counter()
        for line in lines:
            line.send(sent, perf_counter())
        await asyncio.gather(*(line.rested for line in lines))
        told.seconds = perf_counter() - began

    asyncio.run(run())
    return told


def steadily(port: int, sent: bytes, *, rate: float, connections: int, seconds: float) -> Told:
    """Send at a rate, by whichever connection is free; the wait for one counts as a wait for the answer."""
    told = Told()

    async def run() -> None:
        free: deque[_Line] = deque()
        due: deque[float] = deque()

        def answered(line: _Line) -> None:
            if due:
                line.send(sent, due.popleft())
            else:
                free.append(line)

        free.extend(await _open(port, connections, told, answered))
        began = perf_counter()
        for number in range(int(rate * seconds)):
            at = began + number / rate
            while (left := at - perf_counter()) > 0:
                await asyncio.sleep(left)
            if free:
                free.popleft().send(sent, at)
            else:
                due.append(at)
        while len(free) < connections:
            await asyncio.sleep(0.01)
        told.seconds = perf_counter() - began

    asyncio.run(run())
    return told


class _Line(asyncio.Protocol):
    """One connection that stays open."""

    def __init__(self, told: Told, answered: Callable[[_Line], None]) -> None:
        self._told, self._answered = told, answered
        self._due, self._received = 0.0, b""
        self.rested = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.rested.done():
            self.rested.set_exception(exc or ConnectionResetError("The server hung up."))

    def send(self, sent: bytes, due: float) -> None:
        """Send a request that was due at a moment."""
        self._due = due
        self._transport.write(sent)

    def rest(self) -> None:
        """Say that nothing more is sent."""
        self.rested.set_result(None)
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not _is_whole(self._received):
            return
        status = int(self._received[9:12])
        self._received = b""
        self._told.statuses[status] = self._told.statuses.get(status, 0) + 1
        self._told.waits.append(perf_counter() - self._due)
        self._answered(self)


def _is_whole(received: bytes) -> bool:
    head, end, body = received.partition(b"\r\n\r\n")
    if not end:
        return False
    at = head.lower().find(b"content-length:")
    if at < 0:
        return body.endswith(b"0\r\n\r\n")  # in chunks
    return len(body) >= int(head[at + 15 :].split(b"\r\n", 1)[0])


async def _open(
    port: int, connections: int, told: Told, answered: Callable[[_Line], None]
) -> list[_Line]:
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: _Line(told, answered), "127.0.0.1", port)
        for _ in range(connections)
    ]
    return [line for _, line in made]
