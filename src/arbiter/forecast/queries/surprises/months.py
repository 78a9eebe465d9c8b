"""Month by month: what was lost, what of it was judged and surprised us, and who went through it when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from arbiter.forecast.models import MonthReview
from arbiter.forecast.queries.surprises import ledger
from arbiter.forecast.queries.surprises.ledger import Line, Rate
from arbiter.science.surprise import Loss


@dataclass(frozen=True)
class Month:
    """The losses of a month, and the reviews of it, the newest first."""

    month: date
    lines: tuple[Line, ...]
    reviews: tuple[MonthReview, ...]

    @cached_property
    def rate(self) -> Rate:
        """How many of them surprised us."""
        return ledger.rate(self.lines)

    @property
    def judged(self) -> int:
        """How many somebody has judged avoidable or not."""
        return sum(line.kind != Loss.NOT_JUDGED for line in self.lines)

    @property
    def with_post_mortem(self) -> int:
        """How many have a post-mortem."""
        return sum(line.post_mortem is not None for line in self.lines)

    @property
    def review(self) -> MonthReview | None:
        """The last review; None before the first."""
        return self.reviews[0] if self.reviews else None

    @property
    def has_changed(self) -> bool:
        """Whether the losses or their judgements are others than at the last review."""
        last = self.review
        now = (len(self.lines), self.judged, self.rate.surprises)
        return last is not None and (last.losses, last.judged, last.surprises) != now


def of(lines: Sequence[Line], *, as_of: datetime) -> list[Month]:
    """The months in which anything was lost, the newest first: one query for the reviews."""
    by_month: dict[date, list[Line]] = defaultdict(list)
    for line in lines:
        by_month[line.lost.month].append(line)
    reviews: dict[date, list[MonthReview]] = defaultdict(list)
    rows = MonthReview.objects.filter(month__in=by_month, at__lte=as_of).select_related("by")
    for row in rows.order_by("-at", "-pk"):
        reviews[row.month].append(row)
    return [
        Month(month, tuple(by_month[month]), tuple(reviews[month]))
        for month in sorted(by_month, reverse=True)
    ]


def find(lines: Sequence[Line], month: date, *, as_of: datetime) -> Month | None:
    """One month; None where nothing was lost in it."""
    return next(iter(of([line for line in lines if line.lost.month == month], as_of=as_of)), None)
