"""`--as-of DAY`, which every command that only reads understands alike."""

import pytest
from click.testing import CliRunner

from arbiter.cli.main import arbiter

READING = ("audit", "backtest", "clv", "forecast", "metrics", "surprises")


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("wrong", ["soon", "2026-13-01", "31.03.2026", ""])
def test_what_is_no_day_is_refused_with_how_to_write_it(command, wrong):
    reply = CliRunner().invoke(arbiter, [command, "--as-of", wrong])

    assert reply.exit_code == 2
    assert "is no day. Write it as 2026-03-31." in reply.output
