"""Static files that are made, not kept: the joined stylesheets and the icon sprites."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

from arbiter.ui import icons, stylesheets

BUILT: dict[str, Callable[[], str]] = {
    "ui/app.css": stylesheets.app,
    "ui/letter.css": stylesheets.letter,
    "ui/icons.svg": icons.sprite,
    "ui/letter-icons.svg": icons.letter_sprite,
}


class BuiltFilesFinder(BaseFinder):
    """Makes each file anew when asked, and writes it only when it differs from the one on disk."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.folder = Path(settings.DATA_DIR) / "built"
        super().__init__(*args, **options)

    def check(self, **options: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **options: Any) -> Any:
        if path not in BUILT:
            return []
        built = str(self._build(path))
        return [built] if find_all else built

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = FileSystemStorage(location=self.folder)
        for path in BUILT:
            if not matches_patterns(path, [*(ignore_patterns or ())]):
                self._build(path)
                yield path, storage

    def _build(self, path: str) -> Path:
        target = self.folder / path
        content = BUILT[path]()
        if not target.is_file() or target.read_text(encoding="utf-8") != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(".new")
            fresh.write_text(content, encoding="utf-8")
            fresh.replace(target)
        return target
