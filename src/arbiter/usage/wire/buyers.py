"""Where people buy for themselves, each user is a customer: what a body says is said about both."""

from __future__ import annotations

from msgspec import structs

from arbiter.usage.wire.event import Belongs, Event, Reading, Traits


def told(said: Reading) -> Reading:
    """Return what a body says, each user taken for a customer of the same key. One that names a group belongs there."""
    return structs.replace(
        said,
        events=[_bought(event) for event in said.events],
        belongs=said.belongs + _homes(said.events),
        traits=said.traits + [_of_customer(each) for each in said.traits if each.about == "user"],
    )


def _bought(event: Event) -> Event:
    if event.customer_id is not None or event.user_id is None:
        return event
    return structs.replace(event, customer_id=event.user_id)


def _homes(events: list[Event]) -> list[Belongs]:
    users = {event.user_id for event in events if event.user_id and event.customer_id is None}
    return [Belongs(user, user) for user in sorted(users)]


def _of_customer(each: Traits) -> Traits:
    return structs.replace(each, about="customer")
