"""What `arbiter serve` says when it starts."""

import pytest

from arbiter.cli.serving import where


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
