"""Files that are no table at all, recognised by their first bytes and refused with what to do."""

import zipfile
from pathlib import Path

from arbiter.foundation.refusals import Refusal

SAVE_AS_CSV = "Save the sheet as “CSV UTF-8” and give that file."
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "an Excel workbook (.xls)", SAVE_AS_CSV),
    (b"PAR1", "a Parquet file", "Export the same rows as CSV."),
    (b"%PDF", "a PDF document", "Export the table itself as CSV."),
    (b"\x1f\x8b", "a gzip file", "Unpack it first and give the file inside."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it first and give the file inside."),
    (b"Rar!", "a RAR archive", "Unpack it first and give the file inside."),
    (b"SQLite format 3\x00", "a database file", "Export the table as CSV."),
    (b"\x89PNG", "a picture", "Give the table itself as CSV."),
    (b"\xff\xd8\xff", "a picture", "Give the table itself as CSV."),
)


def refuse_what_is_no_table(path: Path, name: str) -> None:
    """Raise a Refusal when the first bytes say that this file is something else."""
    with path.open("rb") as file:
        head = file.read(512)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise Refusal(f"{name} is empty. Export it again with at least a header row.")
    if head.startswith(b"PK"):
        raise Refusal(_about_archive(path, name))
    for signature, what, remedy in _SIGNATURES:
        if head.startswith(signature):
            raise Refusal(f"{name} is {what}, not a CSV file. {remedy}")
    _refuse_markup(head, name)


def is_archive(path: Path) -> bool:
    """Whether this is a zip that holds files, as opposed to an Office document in disguise."""
    if not zipfile.is_zipfile(path):
        return False
    return not _office_kind(path)


def _about_archive(path: Path, name: str) -> str:
    kind = _office_kind(path) if zipfile.is_zipfile(path) else ""
    if kind:
        return f"{name} is {kind}, not a CSV file. {SAVE_AS_CSV}"
    return f"{name} is a zip archive, not a CSV file. Give the archive as .zip, or unpack it first."


def _office_kind(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    if any(name.startswith("xl/") for name in names):
        return "an Excel workbook (.xlsx)"
    if any(name.startswith("word/") for name in names):
        return "a Word document"
    if "mimetype" in names and "content.xml" in names:
        return "an OpenDocument file"
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
        return "a Numbers document"
    return ""


def _refuse_markup(head: bytes, name: str) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise Refusal(
            f"{name} is a web page, not a CSV file; often a sign-in page saved by mistake. "
            "Download the export again while signed in."
        )
    if start.startswith(b"<?xml"):
        raise Refusal(f"{name} is an XML file, not a CSV file. {SAVE_AS_CSV}")
    if start.startswith(b"{\\rtf"):
        raise Refusal(f"{name} is a text document, not a CSV file. {SAVE_AS_CSV}")
    if start.startswith((b"{", b"[{", b"[\n", b"[\r\n")):
        raise Refusal(f"{name} is JSON, not a CSV file. Export the same rows as CSV.")
