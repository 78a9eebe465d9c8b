"""Delimited files as people really have them."""

import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbiter.connectors.tables.reading import open_table
from arbiter.foundation.refusals import Refusal

TEXT = "Kunde;Betrag\nMüller & Söhne;1.200,50\nÖko-Strom;9\n"


@pytest.fixture
def table(tmp_path):
    """Opens a table that holds the given bytes or text."""

    def make(content, name="book.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return open_table(path)

    return make


def cells(table):
    return [row.cells for row in table.rows()]


@pytest.mark.parametrize(
    ("encoding", "detected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_every_usual_encoding_gives_the_same_rows(table, encoding, detected):
    found = table(TEXT.encode(encoding))

    assert found.encoding == detected
    assert [column.name for column in found.columns] == ["Kunde", "Betrag"]
    assert cells(found)[0] == ("Müller & Söhne", "1.200,50")


def test_a_single_byte_of_windows_1252_far_down_the_file_settles_the_encoding(table):
    content = b"Customer,Note\n" + b"Harbour,plain\n" * 200_000 + b"M\xfcller,end\n"

    found = table(content)

    assert found.encoding == "cp1252"
    assert cells(found)[-1] == ("Müller", "end")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_though_names_hold_the_others(table, delimiter):
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=delimiter)
    writer.writerows([["Customer", "Note"], ["Norrvik, Inc.", "a;b;c"], ["Tide\twater", "x,y"]])

    found = table(sheet.getvalue())

    assert found.delimiter == delimiter
    assert cells(found) == [("Norrvik, Inc.", "a;b;c"), ("Tide\twater", "x,y")]


def test_a_line_that_names_the_delimiter_for_excel_is_no_header(table):
    found = table("sep=;\nCustomer;ARR\nHarbour;1,5\n")

    assert [column.name for column in found.columns] == ["Customer", "ARR"]
    assert [(row.line, row.cells) for row in found.rows()] == [(3, ("Harbour", "1,5"))]


def test_line_numbers_point_to_the_line_in_the_file(table):
    found = table('\nCustomer,Note\nHarbour,"first\nsecond\r\nthird"\n\nNorrvik,plain\n')

    assert found.header_line == 2
    assert [row.line for row in found.rows()] == [3, 7]
    assert cells(found)[0][1] == "first\nsecond\r\nthird"


def test_repeated_and_nameless_headers_are_kept_apart(table):
    found = table("Customer,Labels,Labels,,\nHarbour,red,blue,x,\n")

    assert [column.label for column in found.columns] == [
        "Customer", "Labels", "Labels (2)", "Column 4",
    ]  # fmt: skip
    assert cells(found) == [("Harbour", "red", "blue", "x")]


def test_short_rows_are_filled_and_long_ones_say_how_long_they_are(table):
    rows = list(table("a,b,c\n1\n1,2,3,4\n1,2,3,,\n").rows())

    assert [(row.cells, row.width) for row in rows] == [
        (("1", "", ""), 1),
        (("1", "2", "3"), 4),
        (("1", "2", "3"), 3),
    ]


def test_a_header_alone_is_a_table_without_rows(table):
    assert cells(table("Customer,ARR\n")) == []


def test_an_all_properties_export_with_a_cell_of_180_kb_is_read(table):
    headers = [f"Property {number}" for number in range(209)]
    body = ["x"] * 208 + ["mail " * 36_000]
    sheet = io.StringIO()
    csv.writer(sheet).writerows([headers, body, ["y"] * 209])

    found = table(sheet.getvalue())

    assert len(found.columns) == 209
    assert [len(row.cells[-1]) for row in found.rows()] == [180_000, 1]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "book.csv is empty"),
        (b"\xef\xbb\xbf\r\n \n", "book.csv is empty"),
        (
            b'a,b\n1,2\n3,"four\n5,6\n',
            "book.csv, line 3: a quotation mark is opened there and never",
        ),
        (b'a,b\n1,2\n"Acme "Best" GmbH",6\n', "book.csv, line 3: a quotation mark stands inside"),
        (b"a,b\n1,2\n3,\x00\x01\x02\n", "book.csv, line 3: there is a NUL byte"),
        (b"a,b\n1,2\n3,caf\x81\n", "book.csv, line 3: the bytes there are no readable text"),
        ("a,b\n1,2\n".encode("utf-32"), "written in UTF-32"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "an Excel workbook (.xls)"),
        (b"PAR1....", "a Parquet file"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\x1f\x8b\x08\x00", "a gzip file"),
        (b"<!DOCTYPE html><html><body>Sign in", "a web page"),
        (b'{"customers": []}', "is JSON"),
        (b"<?xml version='1.0'?>", "an XML file"),
        (b",".join(b"c%d" % n for n in range(6000)) + b"\n", "the header has 6000 columns"),
        (b"x" * 3000 + b"\n1\n", "a column name is 3000 characters long"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_line_and_what_to_do(table, content, says):
    with pytest.raises(Refusal) as refusal:
        cells(table(content))

    sentence = str(refusal.value)
    assert says in sentence
    assert sentence.endswith((".", ")."))


def test_a_quote_left_open_beyond_any_cell_is_found_where_it_began(table):
    with pytest.raises(Refusal, match="line 2: a quotation mark is opened there"):
        cells(table('a,b\n1,"' + "x\n" * 2_100_000))


def test_an_excel_workbook_is_told_from_a_zip(tmp_path):
    path = tmp_path / "book.csv"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")

    with pytest.raises(Refusal, match=r"Excel workbook \(\.xlsx\).*CSV UTF-8"):
        open_table(path)


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\n\t"),
    max_size=12,
)


@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8),
    delimiter=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read_back(tmp_path_factory, rows, delimiter, encoding, end):
    path = tmp_path_factory.mktemp("round") / "book.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
        writer.writerows([["Customer", "Note", "Amount"], *rows])

    found = open_table(path)

    assert [column.name for column in found.columns] == ["Customer", "Note", "Amount"]
    wanted = [tuple(row) for row in rows if any(cell.strip() for cell in row)]
    assert [row.cells for row in found.rows()] == wanted
