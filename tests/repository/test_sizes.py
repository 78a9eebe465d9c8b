"""Budgets: what nobody can read at once is split."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = sorted(
    path
    for folder in ("src", "tests", "bench")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "src").rglob("*.html"))


def length_without_docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    docstring = ast.get_docstring(node, clean=False)
    return lines - (len(docstring.splitlines()) if docstring else 0)


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text())
    return [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_file_is_over_500_lines():
    assert [str(path) for path in OURS if path.read_text().count("\n") > 500] == []


def test_no_function_is_over_60_lines():
    long = [
        f"{path}: {node.name}"
        for path in OURS
        for node in functions(path)
        if length_without_docstring(node) > 60
    ]

    assert long == []


def test_no_template_is_over_250_lines():
    assert [str(path) for path in TEMPLATES if path.read_text().count("\n") > 250] == []


def test_nothing_is_called_helpers():
    drawers = {"utils.py", "helpers.py", "services.py", "managers.py", "misc.py", "common.py"}

    assert [path for path in OURS if path.name in drawers] == []


def test_the_median_function_fits_a_glance():
    lengths = sorted(
        length_without_docstring(node)
        for path in OURS
        if path.is_relative_to(ROOT / "src")
        for node in functions(path)
    )

    assert lengths[len(lengths) // 2] <= 10
