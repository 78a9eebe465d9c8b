"""What a reader of the audit chose, as the address keeps it."""

import pytest
from django.http import QueryDict

from arbiter.workspace.audit.choice import Choice
from arbiter.workspace.audit.forms import GreenForm

EVENTS = {"name": "events_30d", "higher_renews": True}


@pytest.mark.parametrize(
    ("threshold", "told"), [(60, "60"), (4.5, "4.5"), (0.1, "0.1"), (1_234_567, "1234567")]
)
def test_where_green_begins_keeps_every_digit(threshold, told):
    address = Choice(signal="events_30d", green_from=threshold).url()
    form = GreenForm.of(EVENTS, threshold, [("events_30d", "Events")], lead=90)

    assert f"from={told}" in address
    assert Choice.of(QueryDict(address.removeprefix("?"))).green_from == threshold
    assert form.initial["from"] == told
