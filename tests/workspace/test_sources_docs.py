"""The guide to sources shows the same texts as their pages, and tells every trait that events may write."""

import re
from pathlib import Path

from arbiter.usage.rules.traits import TRAITS
from arbiter.workspace.sources.snippets import SNIPPETS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "guide" / "sources.md").read_text()


def test_every_text_to_paste_stands_in_the_guide_under_its_name_and_no_other():
    told = re.findall(r"### (.+?)\n\n(?:`(.+?)`\n\n)?```\w+\n(.+?)```", PAGE, re.DOTALL)

    assert told == [(each.label, each.install, each.text()) for each in SNIPPETS]


def test_every_trait_is_told_with_the_names_it_is_sent_under():
    for trait in TRAITS.values():
        assert all(f"`{name}`" in PAGE for name in trait.names if name != "locale"), trait
    assert "`language`" in PAGE
    assert "never written by events" in PAGE
