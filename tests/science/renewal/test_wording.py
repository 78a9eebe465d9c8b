"""What was known of a signal, in words."""

import pytest

from arbiter.science.renewal import Known
from arbiter.science.renewal.layout import OWN
from arbiter.science.renewal.wording import known_of


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (77.0, "77"),
        (4.5, "4.5"),
        (0.12, "0.12"),
        (1_234_567.0, "1,234,567"),
        (-250_000.4, "-250,000"),
    ],
)
def test_an_own_number_is_told_as_people_write_it(value, said):
    known = Known(signals=(("events_30d", value),))

    assert known_of(known, f"{OWN}events_30d") == f"Stands at {said}"
