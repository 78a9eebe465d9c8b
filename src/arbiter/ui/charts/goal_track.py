"""The way from baseline to target: solid as far as a customer confirmed it, striped as far as we measured it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from arbiter.ui import wording
from arbiter.ui.charts.svg import element, picture, share, within, words
from arbiter.ui.wording import Number

_TOP, _BAR, _BOTTOM = 17, 7, 23
_OVERSHOOT = 1.25
# As many times the way is far enough to say; a target next to the baseline makes any value endless.
_FAR = 1_000_000.0
# Labels are set for tracks of these widths; where they do not fit, the three values stand below as text.
_WIDE, _NARROWEST = 600, 340
# What a letter of a label takes on average, in pixels, and what keeps three labels apart, in letters.
_LETTER, _GAPS = 7.2, 4


@dataclass(frozen=True)
class TrackWords:
    """In which words a track is told: English, unless a page speaks another language."""

    no_baseline: str = "No baseline"
    not_measured: str = "Not measured"
    no_target: str = "No target"
    start: str = "from {value}"
    past: str = "past {value}"
    today: str = "today {value}"
    end: str = "to {value}"
    way: str = "from {start} to {end}"
    share: str = "{percent}% of the way"
    confirmed: str = "confirmed by the customer at {value}"
    unconfirmed: str = "not confirmed by the customer"
    plan: str = "the plan expects {value}"
    unknown: str = "no track yet, {missing} is missing. Today: {value}."
    number: Callable[[Number], str] = wording.number
    measured: Callable[[Number, str], str] = wording.measured


@dataclass(frozen=True)
class Track:
    """A goal's measure today. Any number may be unknown; a track without both ends cannot be drawn."""

    baseline: Number | None
    target: Number | None
    value: Number | None = None
    confirmed: Number | None = None
    plan: Number | None = None
    direction: str = "up"
    unit: str = ""
    end: str = ""
    name: str = ""
    words: TrackWords = field(default_factory=TrackWords)

    @property
    def has_scale(self) -> bool:
        if self.target is None or self.target == "":
            return False
        return self.direction == "reach" or (
            self.baseline not in (None, "") and self._from != self._to
        )

    @property
    def _to(self) -> float:
        return float(self.target or 0)

    @property
    def _from(self) -> float:
        if self.direction == "reach" and self.baseline in (None, ""):
            return 0.0
        return float(self.baseline or 0)

    def attained(self, value: Number | None) -> float | None:
        """Share of the way: 0 at the baseline, 1 at the target, more beyond it, negative when it went backwards."""
        if value is None or value == "" or not self.has_scale:
            return None
        if self._from == self._to:
            return 1.0 if float(value) >= self._to else 0.0
        share_of_way = (float(value) - self._from) / (self._to - self._from)
        return max(-_FAR, min(share_of_way, _FAR))

    @property
    def is_over(self) -> bool:
        """Today's value lies beyond the target."""
        return (self.attained(self.value) or 0.0) > 1

    @property
    def is_wordy(self) -> bool:
        """The labels are too long to stand side by side on a narrow track."""
        letters = sum(map(len, (self.start_text, self.now_text, self.end_text))) + _GAPS
        return self.has_scale and letters * _LETTER > _NARROWEST

    @property
    def start_text(self) -> str:
        return self.measured(self.baseline) or self.words.no_baseline

    @property
    def now_text(self) -> str:
        return self.measured(self.value) or self.words.not_measured

    @property
    def end_text(self) -> str:
        return f"{self.measured(self.target) or self.words.no_target} {self.end}".strip()

    @property
    def from_text(self) -> str:
        """The start as a line of its own, as the next three are."""
        return self.words.start.format(value=self.start_text)

    @property
    def past_text(self) -> str:
        return self.words.past.format(value=self.end_text)

    @property
    def today_text(self) -> str:
        return self.words.today.format(value=self.now_text)

    @property
    def to_text(self) -> str:
        return self.words.end.format(value=self.end_text)

    def measured(self, value: Number | None) -> str:
        """A value with its unit; empty when it is not known."""
        return "" if value in (None, "") else self.words.measured(value or 0, self.unit)


def goal_track(track: Track) -> SafeString:
    """Draw the track; without a scale, an empty dashed one that says what is missing."""
    if not track.has_scale:
        empty = _bar("track__unknown", 0, 1)
        return picture(empty, label=sentence(track), class_="track", height=_TOP + _BAR + 2)
    furthest = max(1.0, *(track.attained(each) or 0.0 for each in (track.value, track.confirmed)))
    reach = 1.0 if furthest <= 1 else 1 / min(furthest, _OVERSHOOT)
    return picture(
        *_bars(track, reach),
        *_plan(track, reach),
        *(() if track.is_wordy else _labels(track, reach)),
        label=sentence(track),
        class_="track",
        height=_TOP + _BAR + (3 if track.is_wordy else _BOTTOM),
    )


def sentence(track: Track) -> str:
    """What the drawing shows, read out."""
    name, say = f"{track.name}: " if track.name else "", track.words
    if not track.has_scale:
        missing = [
            word
            for word, value in (("baseline", track.baseline), ("target", track.target))
            if value in (None, "")
        ]
        what = " and ".join(missing) or "a distance to go"
        return f"{name}{say.unknown.format(missing=what, value=track.now_text)}"
    parts = [say.way.format(start=track.start_text, end=track.end_text), track.today_text]
    attained = track.attained(track.value)
    if attained is not None:
        parts.append(say.share.format(percent=say.number(round(attained * 100))))
    if track.confirmed not in (None, ""):
        parts.append(say.confirmed.format(value=track.measured(track.confirmed)))
    elif attained is not None:
        parts.append(say.unconfirmed)
    if track.plan not in (None, ""):
        parts.append(say.plan.format(value=track.measured(track.plan)))
    return f"{name}{', '.join(parts)}."


def _bars(track: Track, reach: float) -> list[SafeString]:
    whole = [_bar("track__ground", 0, 1)]
    now, confirmed = track.attained(track.value), track.attained(track.confirmed)
    solid = within((confirmed or 0.0) * reach)
    striped = within((now or 0.0) * reach)
    if striped > 0:
        whole.append(_bar("track__measured", 0, striped, fill="url(#stripes)"))
    if solid > 0:
        whole.append(_bar("track__confirmed", 0, min(solid, striped) if now is not None else solid))
    if reach < 1:
        whole.append(_tick("track__goal", reach, _TOP - 3, _TOP + _BAR + 3))
    return whole


def _plan(track: Track, reach: float) -> list[SafeString]:
    planned = track.attained(track.plan)
    if planned is None:
        return []
    at = within(planned * reach)
    anchor = "start" if at < 0.03 else "end" if at > 0.97 else "middle"
    return [
        _tick("track__plan", at, _TOP - 4, _TOP + _BAR + 4),
        words("plan", class_="track__word", x=share(at), y=_TOP - 7, text_anchor=anchor),
    ]


def _labels(track: Track, reach: float) -> list[SafeString]:
    """Both ends and today's value. A track that went past its target ends with today's value instead."""
    base = _TOP + _BAR + 17
    start, now, end = track.start_text, track.now_text, track.end_text
    ends = [words(start, class_="track__end", x="0", y=base)]
    if track.is_over:
        return [
            *ends,
            *_between(end, reach, start, now, class_="track__end"),
            words(now, class_="track__now", x="100%", y=base, text_anchor="end"),
        ]
    at = within((track.attained(track.value) or 0.0) * reach)
    return [
        *ends,
        *_between(now, at, start, end, class_="track__now"),
        words(end, class_="track__end", x="100%", y=base, text_anchor="end"),
    ]


def _between(text: str, at: float, left: str, right: str, *, class_: str) -> list[SafeString]:
    """A label under its place, kept clear of its neighbours: once for a wide track, once for a narrow one."""
    places = [_clear_of(text, at, left, right, width=width) for width in (_WIDE, _NARROWEST)]
    looks = ["track__wide", "track__tight"] if abs(places[0] - places[1]) > 0.005 else [""]
    return [
        words(
            text,
            class_=f"{class_} {look}".strip(),
            x=share(place),
            y=_TOP + _BAR + 17,
            text_anchor="middle",
        )
        for look, place in zip(looks, places, strict=False)
    ]


def _clear_of(text: str, at: float, left: str, right: str, *, width: int) -> float:
    letter = _LETTER / width
    low = (len(left) + 2 + len(text) / 2) * letter
    high = 1 - (len(right) + 2 + len(text) / 2) * letter
    return within(min(max(at, low), high) if low <= high else (low + high) / 2)


def _bar(class_: str, start: float, width: float, fill: str | None = None) -> SafeString:
    return element(
        "rect",
        class_=class_,
        x=share(start),
        y=_TOP,
        width=share(width),
        height=_BAR,
        rx=2.5,
        fill=fill,
    )


def _tick(class_: str, at: float, top: int, bottom: int) -> SafeString:
    return element("line", class_=class_, x1=share(at), x2=share(at), y1=top, y2=bottom)
