"""The one spec of all files agrees with the tables, with the capabilities, and with what is documented."""

from pathlib import Path

import pytest

from arbiter.connectors.workspace_files import cells, rules
from arbiter.connectors.workspace_files.spec import FILES


def kept():
    """Every column that its own table keeps, with the field."""
    return [
        pytest.param(file.by_name[name], field, id=f"{file.name}.{name}")
        for file in FILES.values()
        for name, field in file.intake.fields.items()
    ]


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_a_file_has_the_columns_that_its_capability_keeps(file):
    assert set(file.by_name) == set(file.intake.shape.columns)
    assert set(file.identity) <= set(file.by_name)
    assert file.intake.frozen <= set(file.by_name)
    assert file.intake.shape.optional <= {
        column.name for column in file.columns if not column.required
    }


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_what_a_file_refers_to_is_stored_before_it(file):
    order = list(FILES)

    assert all(
        order.index(column.to) <= order.index(file.name)
        for column in file.refs
        if column.to != "people"
    )


@pytest.mark.parametrize(("column", "field"), kept())
def test_a_column_takes_what_its_field_takes(column, field):
    if field.choices:
        for value, _ in field.choices:
            assert column.kind.one(value) == value
        with pytest.raises(cells.Unreadable):
            column.kind.one("nonsense")
    elif column.kind.one is None and not column.to:
        assert column.kind.longest == (field.max_length or 0)


@pytest.mark.parametrize(("column", "field"), kept())
def test_a_required_column_is_one_the_table_cannot_do_without(column, field):
    may_be_empty = field.null or field.has_default() or field.blank
    if not may_be_empty and not field.is_relation and column.name not in {"recorded_at"}:
        assert column.required


def test_every_rule_is_about_columns_there_are():
    for file, some in rules.RULES.items():
        blank = {name: [""] for name in FILES[file].by_name}
        for rule in some:
            assert list(rule(blank)) == []


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_every_column_is_documented(file):
    lines = Path("docs/formats.md").read_text().splitlines()

    (told,) = [line for line in lines if line.startswith(f"| `{file.name}` |")]

    for column in file.columns:
        assert (f"**`{column.name}`**" if column.required else f"`{column.name}`") in told
