"""`arbiter serve`, `worker`, `migrate` and `demo`: the processes of an installation."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
from pathlib import Path
from urllib.parse import urlsplit

import click
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections

from arbiter.foundation.jobs import memory
from arbiter.foundation.jobs import worker as jobs_worker
from arbiter.foundation.refusals import Refusal

# More threads than this gain nothing on these cores; SQLite is happiest with one process.
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)


@click.command()
def migrate() -> None:
    """Bring the database and the static files up to date."""
    _prepare()
    click.echo("The database is up to date.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535))
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Web processes."
)
@click.option(
    "--threads",
    default=THREADS,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Threads of each.",
)
@click.option(
    "--with-worker", is_flag=True, help="Run jobs in the web process too: enough for a small team."
)
def serve(*, host: str, port: int, workers: int, threads: int, with_worker: bool) -> None:
    """Serve the pages. Jobs need `arbiter worker` beside it, or --with-worker."""
    if with_worker and workers != 1:
        raise click.UsageError(
            "--with-worker goes with one web process; run `arbiter worker` beside several."
        )
    _refuse_taken(host, port)
    _prepare()
    click.echo(f"Arbiter {settings.VERSION} at {where(port)}")
    _serve(host=host, port=port, workers=workers, threads=threads, with_worker=with_worker)


@click.command()
def worker() -> None:
    """Run jobs and the schedule until told to stop (SIGTERM finishes the job at hand)."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    click.echo("Working. Stop with Ctrl-C.")
    memory.keep_little()
    jobs_worker.run(stop)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535))
@click.option("--fresh", is_flag=True, help="Start the sample company anew.")
@click.pass_context
def demo(ctx: click.Context, *, host: str, port: int, fresh: bool) -> None:
    """Serve a living sample company on this machine, with jobs in the same process and no mail server."""
    if not settings.DEMO:
        # Settings are read once, at the start: the demo starts itself again with its own.
        _become_demo(host, port, fresh)
    _refuse_taken(host, port)
    _prepare()
    _furnish(fresh=fresh)
    click.echo(f"\n  The sample company is open at http://{host}:{port}/  (stop with Ctrl-C)\n")
    _serve(host=host, port=port, workers=1, threads=THREADS, with_worker=True)


def _furnish(*, fresh: bool) -> None:
    """Have the sample company there, brought in by a process of its own.

    What writes the event log starts threads, and the server makes its processes by forking this one: a fork
    of a process that has written to the log could neither write nor read it.
    """
    connections.close_all()
    child = multiprocessing.get_context("fork").Process(target=_ensure, args=(fresh,))
    child.start()
    child.join()
    if child.exitcode:
        raise SystemExit(child.exitcode)


def _ensure(fresh: bool) -> None:
    from arbiter.cli import sample

    try:
        sample.ensure(fresh=fresh)
    except Refusal as refusal:
        click.echo(f"Error: {refusal}", err=True)
        raise SystemExit(1) from refusal


def where(port: int) -> str:
    """Say where to look, and where personal links lead if that is another port of this machine."""
    base = urlsplit(settings.BASE_URL)
    if base.hostname not in {"localhost", "127.0.0.1"} or base.port == port:
        return settings.BASE_URL
    return (
        f"http://{base.hostname}:{port}. Personal links begin with {settings.BASE_URL}; "
        "the setting BASE_URL changes that."
    )


def _become_demo(host: str, port: int, fresh: bool) -> None:
    folder = Path(os.environ.get("DATA_DIR", "var")) / "demo"
    environment = {
        **os.environ,
        "DEMO": "yes",
        "DATA_DIR": str(folder.resolve()),
        "BASE_URL": f"http://{'localhost' if host in {'127.0.0.1', '0.0.0.0'} else host}:{port}",  # noqa: S104
        "DATABASE_URL": "",
    }
    environment.pop("DATABASE_URL")
    command = [
        "-m",
        "arbiter",
        "demo",
        "--host",
        host,
        "--port",
        str(port),
        *(["--fresh"] if fresh else []),
    ]
    import sys

    os.execve(sys.executable, [sys.executable, *command], environment)  # noqa: S606


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise click.UsageError(
                f"{host}:{port} cannot be used ({problem.strerror}). Choose another with --port."
            ) from problem


def _prepare() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    if _static_is_older():
        call_command("collectstatic", verbosity=0, interactive=False)


def _static_is_older() -> bool:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    collected = manifest.stat().st_mtime
    return any(
        Path(storage.path(name)).stat().st_mtime > collected
        for finder in get_finders()
        for name, storage in finder.list([])
    )


def _serve(*, host: str, port: int, workers: int, threads: int, with_worker: bool) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    target = (
        "arbiter.config.wsgi:application_with_worker"
        if with_worker
        else "arbiter.config.wsgi:application"
    )
    Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_level=LogLevels.warning,
        factory=with_worker,
        workers_kill_timeout=20,
    ).serve()
