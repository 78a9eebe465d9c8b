"""What features are to everybody and to each segment, summed up once after usage was counted."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from arbiter.foundation import bulk
from arbiter.science.adoption import typical
from arbiter.science.estimate import Estimate
from arbiter.usage.models import AdoptionFigure, FeatureStanding, UsageStanding

MOST_SEGMENTS = 30
Numbers = NDArray[np.float64]


class Standings:
    """Every customer's row in columns, of customers that are not in the archive."""

    def __init__(self) -> None:
        columns = ("customer_id", "segment", "users_28d", "events_28d", "seats", "breadth", "per_person", "frequency")  # fmt: skip
        kept = UsageStanding.objects.filter(customer__archived_at=None).order_by("customer_id")
        told = list(zip(*bulk.rows(kept, *columns), strict=True)) or [()] * len(columns)
        self.ids = np.array(told[0], dtype=np.int64)
        self.segments = np.array(told[1], dtype=object)
        self.users, self.events, self.seats = (_column(told[place], 0.0) for place in (2, 3, 4))
        self.means = {
            name: _column(told[place], np.nan) for place, name in enumerate(columns[5:], 5)
        }

    def common_segments(self) -> list[str]:
        """The segments with the most customers, by name."""
        counted = Counter(segment for segment in self.segments.tolist() if segment)
        return sorted(name for name, _ in counted.most_common(MOST_SEGMENTS))


@transaction.atomic
def sum_up(*, until: date) -> None:
    """Write what each feature and the whole product are to everybody and to each segment."""
    read = Standings()
    uses = _uses(read)
    found = []
    for segment in ("", *read.common_segments()):
        who = read.segments == segment if segment else np.ones(len(read.ids), bool)
        found.append(_whole(read, who, segment, until))
        found += [_of_feature(read, feature, use, who, segment, until) for feature, use in uses]
    AdoptionFigure.objects.all().delete()
    AdoptionFigure.objects.bulk_create(found, batch_size=1_000)


def _whole(read: Standings, who: NDArray[np.bool_], segment: str, until: date) -> AdoptionFigure:
    using = who & (read.events > 0)
    means = {
        "breadth": _told(read.means["breadth"][using], most=1),
        "per_person": _told(read.means["per_person"][using]),
        "frequency": _told(read.means["frequency"][using], most=1),
    }
    return _figure(read, read.users, read.events, who, segment, until, means)


def _of_feature(
    read: Standings,
    feature: int,
    use: dict[str, Numbers],
    who: NDArray[np.bool_],
    segment: str,
    until: date,
) -> AdoptionFigure:
    using = who & (use["events"] > 0)
    # Who is not known by name has no part in a number per person.
    named = using & (use["users"] > 0)
    means = {
        "share": _told(
            use["users"][named] / np.maximum(read.users[named], use["users"][named]), most=1
        ),
        "times": _told(use["events"][named] / use["users"][named]),
        "days": _told(use["active_days"][using], most=28),
    }
    figure = _figure(read, use["users"], use["events"], who, segment, until, means)
    figure.feature_id = feature
    return figure


def _figure(
    read: Standings,
    users: Numbers,
    events: Numbers,
    who: NDArray[np.bool_],
    segment: str,
    until: date,
    means: dict[str, Any],
) -> AdoptionFigure:
    return AdoptionFigure(
        segment=segment,
        until=until,
        customers=int(who.sum()),
        using=int((who & (events > 0)).sum()),
        users=int(users[who].sum()),
        events=int(events[who].sum()),
        seats=int(read.seats[who].sum()),
        # People beyond the seats of one customer do not fill the seats of another.
        on_seats=int(np.minimum(users, read.seats)[who].sum()),
        means=means,
    )


def _uses(read: Standings) -> list[tuple[int, dict[str, Numbers]]]:
    """The use of each feature in columns that run as those of the customers do."""
    uses = FeatureStanding.objects.filter(feature__retired_at=None).order_by()
    columns = ("feature_id", "customer_id", "users", "events", "active_days")
    told = np.array(bulk.rows(uses, *columns), np.int64).reshape(-1, len(columns))
    places = np.searchsorted(read.ids, told[:, 1])
    places[places == len(read.ids)] = 0
    there = read.ids[places] == told[:, 1] if len(read.ids) else np.zeros(len(told), bool)
    found = []
    for feature in np.unique(told[:, 0]).tolist():
        which = (told[:, 0] == feature) & there
        use = {}
        for name, column in zip(columns[2:], told[which, 2:].T, strict=True):
            use[name] = np.zeros(len(read.ids))
            use[name][places[which]] = column
        found.append((feature, use))
    return found


def _told(values: Numbers, *, most: float = np.inf) -> dict[str, Any]:
    estimate: Estimate = typical(values[~np.isnan(values)], most=most)
    return {
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "n": estimate.n,
    }


def _column(values: tuple[Any, ...], unknown: float) -> Numbers:
    return np.array([unknown if value is None else value for value in values], dtype=np.float64)
