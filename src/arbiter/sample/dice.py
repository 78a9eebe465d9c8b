"""Chance that repeats: the same name always throws the same numbers."""

import math
from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")


class Dice:
    """Throws that depend on nothing but the names they were made with.

    All throws come from `random()`, whose sequence Python keeps from release to release.
    """

    def __init__(self, *names: object) -> None:
        self._names = names
        self._random = Random("/".join(map(str, names))).random

    def apart(self, *names: object) -> "Dice":
        """Return dice of their own, so that a throw more in one matter changes no other."""
        return Dice(*self._names, *names)

    def chance(self, probability: float) -> bool:
        """Return True with this probability."""
        return self._random() < probability

    def between(self, low: float, high: float) -> float:
        """Return a number from `low` to `high`."""
        return low + (high - low) * self._random()

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def normal(self, mean: float, sd: float) -> float:
        """Return a number of the normal distribution."""
        radius = math.sqrt(-2.0 * math.log(1.0 - self._random()))
        return mean + sd * radius * math.cos(2.0 * math.pi * self._random())

    def pick(self, things: Sequence[Thing]) -> Thing:
        """Return one of the things."""
        return things[int(self._random() * len(things))]

    def some(self, things: Sequence[Thing], count: int) -> list[Thing]:
        """Return so many different things, or all there are."""
        left = list(things)
        return [left.pop(int(self._random() * len(left))) for _ in range(min(count, len(left)))]

    def weighted(self, weights: Mapping[Thing, float]) -> Thing:
        """Return one of the things, each as likely as its weight."""
        left = self._random() * sum(weights.values())
        for thing, weight in weights.items():
            left -= weight
            if left < 0:
                return thing
        return next(reversed(list(weights)))
