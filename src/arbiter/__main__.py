"""`python -m arbiter` is the `arbiter` command."""

from arbiter.cli.main import main

main()
