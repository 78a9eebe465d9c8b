"""The command line answers at once, and refuses in a sentence."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from arbiter.cli import main
from arbiter.foundation.refusals import Refusal


def test_help_names_every_command():
    reply = CliRunner().invoke(main.arbiter, ["--help"])

    assert reply.exit_code == 0
    assert all(f"  {name}" in reply.output for name in main.COMMANDS)


def test_the_version_is_told_without_being_installed():
    reply = CliRunner().invoke(main.arbiter, ["--version"])

    assert (reply.exit_code, reply.output.count(".")) == (0, 2)


def test_a_command_that_does_not_exist_is_wrong_use():
    assert CliRunner().invoke(main.arbiter, ["forecats"]).exit_code == 2


def test_a_refusal_is_one_sentence_and_exit_code_1(monkeypatch, capsys):
    def refuse(*args, **kwargs):
        raise Refusal("There is no sample company here.")

    monkeypatch.setattr(main, "arbiter", refuse)

    with pytest.raises(SystemExit) as left:
        main.main([])

    assert left.value.code == 1
    assert capsys.readouterr().err == "arbiter: There is no sample company here.\n"


def test_a_setting_that_cannot_be_understood_stops_with_a_sentence(tmp_path):
    reply = subprocess.run(
        [sys.executable, "-m", "arbiter", "doctor"],
        env={"PYTHONPATH": "src", "BASE_URL": "nonsense", "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert reply.returncode == 2
    assert "BASE_URL is 'nonsense': give an address such as" in reply.stderr
    assert "Traceback" not in reply.stderr
