"""Receives uploaded files: writes them where the importer looks, unpacks zips, recognises each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from arbiter.connectors.recognition import drafts, opening
from arbiter.connectors.tables.archive import unpack
from arbiter.connectors.tables.mistakes import is_archive
from arbiter.connectors.workspace_files import imports, sources
from arbiter.foundation.refusals import Refusal

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from arbiter.connectors.models import Import
    from arbiter.foundation.models import Person

MOST_FILES = 20
LARGEST = 500_000_000
_REMEMBERED = 100


def receive(files: Sequence[UploadedFile[bytes]], *, by: Person, at: datetime) -> Import:
    """Keep the uploaded files as a draft import and find out what they are.

    Raises:
        Refusal: there are none, too many or too large ones, or one that cannot be read; nothing is kept then.
    """
    _refuse_amiss(files)
    names = [_plain_name(file) for file in files]
    record = imports.receive(name=", ".join(names)[:200], by=by, at=at)
    try:
        folder = imports.folder(record) / "files"
        folder.mkdir(parents=True, exist_ok=True)
        paths = list(_written(files, folder))
        _recognise(record, folder, paths, at)
    except BaseException:
        imports.discard(record)
        raise
    return record


def _refuse_amiss(files: Sequence[UploadedFile[bytes]]) -> None:
    if not files:
        raise Refusal("Choose a file first.", field="file")
    if len(files) > MOST_FILES:
        raise Refusal(
            f"At most {MOST_FILES} files are read at once. Pack them into a zip.", field="file"
        )
    for file in files:
        if (file.size or 0) > LARGEST:
            raise Refusal(
                f"{file.name} is larger than {LARGEST // 1_000_000} MB. Split it, or use the command `arbiter import`.",
                field="file",
            )


def _written(files: Sequence[UploadedFile[bytes]], folder: Path) -> Iterator[Path]:
    """Write each file under a name of its own; the files of a zip stand beside the others."""
    for file in files:
        target = _free(folder, _plain_name(file))
        with target.open("wb") as sink:
            for piece in file.chunks():
                sink.write(piece)
        if is_archive(target):
            yield from _unpacked(target, folder)
        else:
            yield target


def _unpacked(archive: Path, folder: Path) -> Iterator[Path]:
    inside = folder / f".{archive.name}"
    for path in unpack(archive, inside, archive.name):
        target = _free(folder, path.name)
        path.rename(target)
        yield target
    archive.unlink()


def _plain_name(file: UploadedFile[bytes]) -> str:
    """The bare name of an upload: no folders, no leading dot, never empty."""
    name = PurePosixPath((file.name or "").replace("\\", "/")).name.lstrip(".")
    return name[-120:] or "upload.csv"


def _free(folder: Path, name: str) -> Path:
    target, number = folder / name, 2
    while target.exists():
        target = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
        number += 1
    return target


def _recognise(record: Import, folder: Path, paths: list[Path], at: datetime) -> None:
    """Files of ours go the straight way; all others are recognised one by one."""
    if _are_workspace_files(paths):
        imports.remember(record, today=at.date().isoformat())
        return
    ours = [path.name for path in paths if sources.workspace_file(path)]
    if ours:
        raise Refusal(
            f"{', '.join(ours)} is in our own format and the other files are not. Import them one after the other.",
            field="file",
        )
    earlier = [
        draft
        for other in imports.newest(limit=_REMEMBERED)
        if other.pk != record.pk
        for draft in opening.drafts_of(other)
    ]
    begun = [drafts.begin(folder, path.relative_to(folder), earlier=earlier) for path in paths]
    opening.keep(record, begun, today=at.date())


def _are_workspace_files(paths: list[Path]) -> bool:
    """Whether all are ours; a folder of ours may hold files of later versions, which are named and skipped."""
    if any(path.name == sources.MANIFEST for path in paths):
        return True
    return bool(paths) and all(sources.workspace_file(path) for path in paths)
