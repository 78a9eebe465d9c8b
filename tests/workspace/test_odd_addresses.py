"""What somebody types into an address breaks no page, on either database."""

import pytest

ODD = ["%00", "%F0%9F%92%A5", "'", "9" * 30, "-1", "<b>"]
PAGES = {
    "/": ("currency", "days", "mine", "after", "before"),
    "/customers/": (
        "q",
        "answer",
        "owner",
        "segment",
        "stage",
        "currency",
        "list",
        "within",
        "sort",
        "after",
    ),
    "/renewals/": ("currency", "answer", "days", "after", "before"),
    "/asks/": ("days", "page", "show"),
    "/asks/new/": ("customer", "contact", "state", "days"),
    "/outbox/": ("page", "status"),
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("path", PAGES)
def test_no_odd_word_breaks_a_page(world, client, path, odd):
    client.force_login(world.olga)

    seen = {name: client.get(f"{path}?{name}={odd}").status_code for name in PAGES[path]}

    assert {name: status for name, status in seen.items() if status >= 500} == {}
