"""`python -m bench [NAME …]`: run the benchmarks, each a ratio against a named baseline in the same run.

Options after one name are for that benchmark: `python -m bench events --size 100M`.
"""

import os
import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    here = Path(__file__).parent
    found = {path.stem: f"bench.{path.stem}" for path in here.glob("[a-z]*.py")}
    found |= {
        path.parent.name: f"bench.{path.parent.name}.__main__"
        for path in here.glob("[a-z]*/__main__.py")
    }
    names, options = _split(sys.argv[1:])
    names = names or sorted(found)
    for unknown in set(names) - set(found):
        sys.exit(f"There is no benchmark {unknown!r}; there are: {', '.join(sorted(found))}.")
    for name in names:
        print(f"\n== {name}", flush=True)
        import_module(found[name]).main(options)


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """Names of benchmarks, and what follows the first option."""
    at = next((place for place, word in enumerate(words) if word.startswith("-")), len(words))
    if at < len(words) and at != 1:
        sys.exit("Options belong to one benchmark: name just one before them.")
    return words[:at], words[at:]


main()
