"""What `arbiter serve` says when it starts."""

import socket
import subprocess
import sys

import pytest

from arbiter.cli.serving import where
from tests.foundation.processes import environment


@pytest.mark.parametrize(
    ("base", "port", "told"),
    [
        ("http://localhost:8000", 8000, "http://localhost:8000"),
        ("https://arbiter.example", 8000, "https://arbiter.example"),
    ],
)
def test_it_is_open_where_links_lead(settings, base, port, told):
    settings.BASE_URL = base

    assert where(port) == told


def test_on_another_port_of_this_machine_both_are_told(settings):
    settings.BASE_URL = "http://localhost:8000"

    told = where(8131)

    assert told.startswith("http://localhost:8131.")
    assert "links begin with http://localhost:8000" in told


DEMO = """
import sys, django
django.setup()
from arbiter.cli import serving
serving._serve = lambda **how: print("deltalake" in sys.modules)
serving.demo.main(["--port", sys.argv[1]], standalone_mode=False)
"""


@pytest.mark.sweep
def test_the_demo_serves_from_a_process_that_never_wrote_to_the_event_log(tmp_path):
    """A fork of one that did could not read it, and the server forks."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    said = subprocess.run(
        [sys.executable, "-c", DEMO, str(port)],
        env=environment(tmp_path) | {"DEMO": "yes"},
        capture_output=True,
        text=True,
        check=True,
        timeout=180,
    ).stdout

    assert said.split()[-1] == "False"
    assert "Making the sample company" in said
