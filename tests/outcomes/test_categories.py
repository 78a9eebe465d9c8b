"""A company's own kinds of goals stand after the usual ones."""

import pytest

from arbiter.foundation.models import Fact
from arbiter.foundation.permissions import NotAllowed
from arbiter.outcomes.actions import categories
from arbiter.outcomes.queries import choices
from tests.world import JUNE


def test_a_new_kind_comes_last_and_the_journal_knows_who_added_it(world):
    categories.add(label=" Fewer audits ", by=world.abe, at=JUNE)

    assert choices.categories()[-1] == ("fewer-audits", "Fewer audits")
    assert Fact.objects.latest("id").name == "outcomes.category_added"


def test_a_kind_in_another_script_keeps_its_name(world):
    categories.add(label="監査", by=world.abe, at=JUNE)

    assert choices.categories()[-1] == ("監査", "監査")


@pytest.mark.parametrize(
    ("label", "refusal"),
    [("Fewer  Audits", categories.CategoryExists), ("!!!", categories.CategoryUnnamed)],
)
def test_a_kind_needs_a_name_of_its_own(world, label, refusal):
    categories.add(label="Fewer audits", by=world.abe, at=JUNE)

    with pytest.raises(refusal):
        categories.add(label=label, by=world.abe, at=JUNE)


def test_only_those_who_manage_the_settings_add_one(world):
    with pytest.raises(NotAllowed):
        categories.add(label="Fewer audits", by=world.mona, at=JUNE)
