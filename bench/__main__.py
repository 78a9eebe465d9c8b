"""`python -m bench [NAME …]`: run the benchmarks, each a ratio against a named baseline in the same run."""

import os
import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    found = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    names = sys.argv[1:] or found
    for unknown in set(names) - set(found):
        sys.exit(f"There is no benchmark {unknown!r}; there are: {', '.join(found)}.")
    for name in names:
        print(f"\n== {name}", flush=True)
        import_module(f"bench.{name}").main([])


main()
