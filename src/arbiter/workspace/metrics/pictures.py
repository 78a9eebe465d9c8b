"""What a measure draws besides its trend: from the details of its figure to the keywords of a chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arbiter.metrics.queries.snapshots import Figure
    from arbiter.workspace.metrics.tiles import Tile

Details = Mapping[str, Any]
SPLITS = (
    ("by_will", "Whose will it was", {"voluntary": "They wanted to", "involuntary": "A payment failed"}),
    ("by_cause", "For which cause", {"ours": "A cause of ours", "external": "An external cause", "payment": "A payment failed"}),
    ("by_avoidability", "Could it have been avoided?", {"avoidable": "Avoidable", "unavoidable": "Not avoidable"}),
)  # fmt: skip
NOT_TOLD = "Nobody said"


@dataclass(frozen=True)
class Pictures:
    """The charts of one measure; what the measure does not have is empty."""

    cohorts: Details = field(default_factory=dict)
    curve: Details = field(default_factory=dict)
    movement: Details = field(default_factory=dict)
    splits: tuple[Details, ...] = ()
    scales: tuple[Details, ...] = ()
    groups: tuple[Details, ...] = ()
    lifetime: Details = field(default_factory=dict)

    @property
    def is_much(self) -> bool:
        """Whether the wide column is filled, so that segments go beside it."""
        return any(
            [self.curve, self.movement, self.splits, self.scales, self.groups, self.lifetime]
        )


def of(tile: Tile) -> Pictures:
    """Return what there is to draw of a measure on its day."""
    details = tile.figure.details
    return Pictures(
        cohorts=_cohorts(details),
        curve=_curve(tile),
        movement=_movement(tile),
        splits=tuple(_splits(details)),
        scales=tuple(_scales(details)),
        groups=tuple(details.get("groups", ())),
        lifetime=_lifetime(tile.figure),
    )


def _cohorts(details: Details) -> Details:
    found: Details = details.get("cohorts") or {}
    return found if found.get("rows") else {}


def _curve(tile: Tile) -> Details:
    steps = tile.figure.details.get("steps")
    if not steps:
        return {}
    unit = tile.figure.details.get("time_unit", "months")
    rising = tile.measure.kind == "duration"
    title = "How many are there, by days since they began" if rising else "Still there"
    return {
        "curves": [{"name": tile.measure.title, "steps": _from_start(steps, tile.figure)}],
        "unit": unit,
        "rising": rising,
        "title": title,
        "happened": "got there" if rising else "lost",
    }


def _from_start(steps: list[Details], figure: Figure) -> list[Details]:
    """The curve from its first day on: whoever is too new to have a step yet was there at the start, too."""
    waiting = figure.details.get("waiting")
    if waiting is None or not steps[0]["time"]:
        return steps
    everybody = waiting + figure.details["reached"]
    since = {"survival": 1.0, "low": 1.0, "high": 1.0, "events": 0, "at_risk": everybody}
    return [{"time": 0.0, "censored": everybody - steps[0]["at_risk"], **since}, *steps]


def _movement(tile: Tile) -> Details:
    """The way of the money from the start to the end; the gross measure ends with what was kept."""
    moved = tile.figure.details.get("movement")
    if not moved:
        return {}
    net = tile.measure.name.startswith("net")
    url = f"{tile.url}{'&' if '?' in tile.url else '?'}part={{}}#behind"
    steps: list[Details] = [
        {"label": "Lost", "amount": -moved["churn"], "n": moved["churned"], "url": url.format("lost")},
        {"label": "Pay less", "amount": -moved["contraction"], "n": moved["contracted"], "url": url.format("contracted")},
    ]  # fmt: skip
    if net:
        steps += [
            {"label": "Kept", "total": True},
            {"label": "Pay more", "amount": moved["expansion"], "n": moved["expanded"], "url": url.format("expanded")},
        ]  # fmt: skip
    return {
        "start": moved["start"],
        "steps": steps,
        "end_label": "What they pay now" if net else "Kept",
        "months": tile.figure.details.get("months", 12),
    }


def _splits(details: Details) -> list[Details]:
    parts = details.get("parts") or {}
    found = [
        {"title": title, "rows": [_part(each, words) for each in parts[key]]}
        for key, title, words in SPLITS
        if parts.get(key)
    ]
    return found + ([_nps(parts)] if "promoters" in parts else [])


def _part(each: Details, words: Mapping[str, str]) -> Details:
    return {
        "label": words.get(each["name"], NOT_TOLD),
        "value": each["share"],
        "count": each["count"],
        "n": each["n"],
        "low": each["low"],
        "high": each["high"],
    }


def _nps(parts: Details) -> Details:
    words = (("Answered 9 or 10", "promoters"), ("Answered 7 or 8", "passives"), ("Answered 0 to 6", "detractors"))  # fmt: skip
    n = sum(parts[name] for _, name in words)
    rows = [{"label": label, "count": parts[name], "n": n} for label, name in words] if n else []
    return {"title": "Who answered what", "rows": rows}


def _scales(details: Details) -> list[Details]:
    return [
        {
            "label": f"{each['scale']}",
            "detail": f"mean {each['mean']['value']:.1f}" if each["mean"]["value"] else "",
            **each["top_two"],
        }
        for each in details.get("scales", ())
        if each["n"]
    ]


def _lifetime(figure: Figure) -> Details:
    told = figure.details.get("lifetime")
    if not told:
        return {}
    curve = told.get("curve") or {}
    steps = [
        {"time": time, "survival": share}
        for time, share in zip(curve.get("renewals", ()), curve.get("survival", ()), strict=True)
    ]
    return {**told, "curves": [{"name": "Expected to be there", "steps": steps}] if steps else []}
