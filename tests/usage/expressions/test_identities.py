"""Names of one user."""

from hypothesis import given
from hypothesis import strategies as st

from arbiter.usage.expressions.identities import resolved
from tests.usage.expressions.tables import at

JUNE, JULY = at("2026-06-01"), at("2026-07-01")


def names(*links):
    return {name: user for user, name, _ in resolved((one, other, JUNE) for one, other in links)}


def test_links_hold_through_others():
    assert names(("ana", "x1"), ("x1", "x2"), ("uma", "y1")) == {
        "ana": "ana", "x1": "ana", "x2": "ana", "uma": "uma", "y1": "uma",
    }  # fmt: skip


def test_links_hold_either_way_round():
    assert names(("ana", "x1"), ("x1", "ana")) == {"ana": "ana", "x1": "ana"}


def test_a_user_is_preferred_to_whoever_is_another_name():
    assert names(("a-temporary-name", "x1"), ("uma", "a-temporary-name")) == dict.fromkeys(
        ("a-temporary-name", "uma", "x1"), "uma"
    )


def test_a_name_was_learnt_with_the_last_link_of_its_user():
    links = [("ana", "x1", JUNE), ("zoe", "y1", JUNE), ("ana", "x2", JULY)]

    assert {name: learnt for _, name, learnt in resolved(links)} == {
        "ana": JULY, "x1": JULY, "x2": JULY, "y1": JUNE, "zoe": JUNE,
    }  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdefxyz")), max_size=12),
    st.randoms(),
)
def test_the_order_and_repetition_of_links_change_nothing(links, random):
    again = links + links[:3]
    random.shuffle(again)

    assert names(*again) == names(*links)
    for one, other in links:
        assert names(*links)[one] == names(*links)[other]
