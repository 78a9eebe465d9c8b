"""The documents tell the truth: settings, commands, words, files and links are compared with the code."""

import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from arbiter.cli.main import COMMANDS
from arbiter.connectors.workspace_files import spec

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
WORDS = (
    "customer", "contact", "contract", "stage", "goal", "revision", "result", "verdict", "awareness", "milestone",
    "ask", "answer", "intent", "belief", "signal", "forecast", "surprise", "touchpoint", "task", "playbook",
    "resource", "celebration", "review", "event", "fact",
)  # fmt: skip
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def _name(page):
    return str(page.relative_to(ROOT))


def _read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def _rows(path):
    """The first cell of every table row, without marks."""
    cells = re.findall(r"^\| ([^|]+) \|", _read(path), re.MULTILINE)
    return [cell.strip().strip("`") for cell in cells if not set(cell) <= {"-", " "}]


def test_every_setting_has_one_row_and_every_row_is_a_setting():
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', _read("src/arbiter/config/settings.py")))
    rows = [row for row in _rows("docs/self-hosting/settings.md") if row.isupper()]

    assert read
    assert Counter(rows) == Counter(read)


def test_every_default_that_is_a_plain_word_stands_in_its_row():
    given = re.findall(
        r'env\.(?:text|one_of|url)\(\s*"(\w+)"[^)]*?default="([^"]+)"',
        _read("src/arbiter/config/settings.py"),
    )
    page = _read("docs/self-hosting/settings.md")

    assert given
    for name, default in given:
        assert f"| `{name}` | `{default}` |" in page


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_documented(command):
    assert f"`arbiter {command}" in _read("docs/formats.md")


def _options(command):
    """Every long option of a command and of its subcommands."""
    for parameter in command.params:
        yield from (name for name in parameter.opts if name.startswith("--"))
    for subcommand in getattr(command, "commands", {}).values():
        yield from _options(subcommand)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_of_a_command_is_documented(name):
    module, attribute = COMMANDS[name].split(":")
    page = _read("docs/formats.md")

    told = set(_options(getattr(import_module(module), attribute)))
    assert [option for option in told if not re.search(rf"`{option}[` ]", page)] == []


def test_no_command_is_documented_that_does_not_exist():
    for page in PAGES:
        for command in re.findall(r"(?:`|\./do )arbiter ([a-z]+)", _read(page)):
            assert command in COMMANDS, f"{_name(page)} tells of `arbiter {command}`"


def test_every_word_of_the_product_has_one_meaning():
    rows = Counter(word.strip() for row in _rows("docs/guide/words.md") for word in row.split(","))

    assert {word: rows[word] for word in WORDS} == dict.fromkeys(WORDS, 1)
    assert [word for word, count in rows.items() if count > 1 and word != "word"] == []


def _columns_told(file):
    row = re.search(rf"^\| `{file}` \| (.+) \|$", _read("docs/formats.md"), re.MULTILINE)
    assert row, f"docs/formats.md has no row for {file}"
    return set(re.findall(r"(?<!\*\*)`(\w+)`(?!\*\*)", row[1])), set(
        re.findall(r"\*\*`(\w+)`\*\*", row[1])
    )


@pytest.mark.parametrize("file", sorted(spec.FILES))
def test_every_file_and_column_of_the_format_is_documented(file):
    optional, required = _columns_told(file)
    columns = spec.FILES[file].columns
    named = {column.name for column in columns}

    assert required == {column.name for column in columns if column.required}
    assert named <= optional | required
    # A signal's row also names some signals.
    assert optional | required <= named or file == "signals"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_somewhere(page):
    for target in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
        if target.startswith(("http://", "https://", "mailto:", "#")):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve()
        assert found.exists(), f"{_name(page)} links to {target}"
        if anchor:
            assert anchor in _anchors(found), f"{_name(page)} links to {target}"


def _anchors(page):
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_do_command_that_is_told_exists(page):
    known = set(re.findall(r"^  (\w+)\)$", _read("do"), re.MULTILINE))

    assert {"demo", "test", "check", "bench", "arbiter"} <= known
    assert set(re.findall(r"\./do ([a-z]+)", page.read_text(encoding="utf-8"))) <= known


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_path_of_the_repository_that_is_told_exists(page):
    told = re.findall(
        r"`((?:src|tests|docs|requirements|\.ci)/[\w./*-]*|pyproject\.toml|CHANGELOG\.md)`",
        page.read_text(encoding="utf-8"),
    )

    assert [path for path in told if not any(ROOT.glob(path.rstrip("/")))] == []


def test_every_decision_is_listed_and_every_one_listed_exists():
    decisions = {path.name for path in (ROOT / "docs/adr").glob("[0-9]*.md")} - {"0000-template.md"}
    listed = re.findall(r"^\| \[(\d+)\]\(([\w.-]+)\)", _read("docs/adr/README.md"), re.MULTILINE)

    assert {file for _, file in listed} == decisions
    assert [int(number) for number, _ in listed] == list(range(1, len(listed) + 1))
    for number, file in listed:
        assert _read(f"docs/adr/{file}").startswith(f"# {number}. ")


def test_the_readme_gives_the_two_commands_and_the_licence():
    readme = _read("README.md")

    assert "./do demo" in readme
    assert "./do test" in readme
    assert "[Apache License 2.0](LICENSE)" in readme
    assert "Copyright 2026 The Arbiter authors" in _read("LICENSE")


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_page_of_the_documents_can_be_reached(page):
    if page.parent == ROOT or page.name in {"README.md", "0000-template.md"}:
        return
    linked = {
        (one.parent / target.partition("#")[0]).resolve()
        for one in PAGES
        for target in LINK.findall(one.read_text(encoding="utf-8"))
    }

    assert page.resolve() in linked
