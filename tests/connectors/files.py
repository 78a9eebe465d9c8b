"""The files of this folder, opened and translated as the importer does."""

from datetime import date
from pathlib import Path

from arbiter.connectors.recognition.proposals import propose
from arbiter.connectors.recognition.translation import Problem, Produced, translate
from arbiter.connectors.tables.reading import open_table

FILES = Path(__file__).parent / "files"
TODAY = date(2026, 11, 21)


def opened(name, folder=FILES):
    return open_table(Path(folder) / name)


def proposed(name, folder=FILES, **more):
    return propose(opened(name, folder), today=TODAY, **more)


def translated(name, answers=None, folder=FILES, directory=None, **more):
    """Rows by workspace file, problems and notes of a file under its own proposal."""
    table = opened(name, folder)
    mapping = propose(table, today=TODAY, **more).mapping
    return Result(translate(table, mapping, answers or {}, today=TODAY, directory=directory))


class Result:
    """What a translation gave, in order."""

    def __init__(self, translation):
        self.items = list(translation)
        self.problems = [item for item in self.items if isinstance(item, Problem)]
        self.notes = list(translation.notes)

    def rows(self, file):
        return [
            item.row
            for item in self.items
            if isinstance(item, Produced) and item.file == f"{file}.csv"
        ]
