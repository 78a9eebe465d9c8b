"""Zip archives of several files: HubSpot, Chargebee and workspace folders come so.

Nothing an archive says of itself is believed: sizes are counted while unpacking, and a name that
would leave the target folder is refused.
"""

import shutil
import stat
import zipfile
from pathlib import Path, PurePosixPath

from arbiter.foundation.refusals import Refusal

MOST_MEMBERS = 200
MOST_BYTES = 2_000_000_000
_PIECE = 1 << 20


def members(path: Path, name: str | None = None) -> list[str]:
    """Names of the files inside, folders and system droppings left out.

    Raises:
        Refusal: no readable zip, too many files, encrypted, or a path that leaves the folder.
    """
    name = name or path.name
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if _is_wanted(info)]
    except zipfile.BadZipFile as fault:
        raise Refusal(f"{name} is a damaged zip archive. Download or pack it again.") from fault
    if len(infos) > MOST_MEMBERS:
        raise Refusal(
            f"{name} holds {len(infos)} files; at most {MOST_MEMBERS} are taken. "
            "Pack only the files to import."
        )
    for info in infos:
        _refuse_unsafe(info, name)
    if not infos:
        raise Refusal(f"{name} holds no files. Pack the CSV files into it.")
    return [info.filename for info in infos]


def unpack(path: Path, into: Path, name: str | None = None) -> list[Path]:
    """Write the files inside to a folder, flat inside one top folder at most, sorted by name.

    Raises:
        Refusal: as `members`, or the content is larger than is taken.
    """
    name = name or path.name
    wanted = members(path, name)
    left = MOST_BYTES
    written = []
    with zipfile.ZipFile(path) as archive:
        for member in sorted(wanted):
            target = into / PurePosixPath(member.replace("\\", "/"))
            target.parent.mkdir(parents=True, exist_ok=True)
            left -= _extract(archive, member, target, left, name)
            written.append(target)
    return written


def _extract(archive: zipfile.ZipFile, member: str, target: Path, left: int, name: str) -> int:
    size = 0
    try:
        with archive.open(member) as source, target.open("wb") as sink:
            while piece := source.read(_PIECE):
                size += len(piece)
                if size > left:
                    break
                sink.write(piece)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as fault:
        raise Refusal(f"{name}: {member} is damaged. Pack it again.") from fault
    if size > left:
        shutil.rmtree(target.parent, ignore_errors=True)
        raise Refusal(
            f"{name} grows beyond {MOST_BYTES // 1_000_000_000} GB when unpacked at {member}. "
            "Give the files one by one."
        )
    return size


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    hidden = any(part.startswith(".") and part not in (".", "..") for part in parts)
    return not (info.is_dir() or hidden or "__MACOSX" in parts)


def _refuse_unsafe(info: zipfile.ZipInfo, name: str) -> None:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    windows_drive = len(path.parts[0]) > 1 and path.parts[0][1] == ":"
    if path.is_absolute() or ".." in path.parts or windows_drive:
        raise Refusal(
            f"{name}: {info.filename!r} points outside the archive, so nothing was unpacked. "
            "Pack the files again without paths."
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Refusal(
            f"{name}: {info.filename!r} is a link, not a file. Pack the file it points to."
        )
    if info.flag_bits & 0x1:
        raise Refusal(f"{name} is locked with a password. Pack it again without one.")
