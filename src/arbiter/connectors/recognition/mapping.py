"""What each column of a file means: plain data that a page shows, a person corrects, and we remember."""

from dataclasses import dataclass
from typing import Any

from arbiter.connectors.recognition.registry import shape_of
from arbiter.connectors.tables.reading import Table
from arbiter.connectors.tables.shapes import Shape
from arbiter.connectors.tables.targets import COMMON, CUSTOM, SIGNAL, SKIP, Target, target_named
from arbiter.connectors.tables.vocabulary import SIGNALS
from arbiter.foundation.refusals import Refusal

_MANY = (SKIP, CUSTOM)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A shape and one target for each column, in the order of the file."""

    shape: str
    targets: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {"shape": self.shape, "targets": list(self.targets)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Mapping":
        return cls(str(data["shape"]), tuple(map(str, data["targets"])))

    @property
    def kind(self) -> Shape:
        return shape_of(self.shape)

    def target(self, position: int) -> Target:
        return target_named(self.targets[position], self.kind.targets)

    def position(self, target: str) -> int | None:
        return self.targets.index(target) if target in self.targets else None

    def has(self, *targets: str) -> bool:
        return any(target in self.targets for target in targets)

    @property
    def has_signals(self) -> bool:
        return any(t.startswith(SIGNAL) and t != "signals.at" for t in self.targets)

    def check(self, table: Table) -> None:
        """Refuse a mapping that does not fit the file or says one thing twice.

        Raises:
            Refusal: names the columns, and the remedy.
        """
        if len(self.targets) != len(table.columns):
            raise Refusal(
                f"{table.name} has {len(table.columns)} columns and the mapping {len(self.targets)}. "
                "Read the file again."
            )
        taken: dict[str, str] = {}
        for column, target in zip(table.columns, self.targets, strict=True):
            self._check_target(target, column.label)
            if target in taken and target not in _MANY:
                raise Refusal(
                    f"“{taken[target]}” and “{column.label}” are both read as "
                    f"{target_named(target, self.kind.targets).label}. Leave one of them out.",
                    field=f"target-{column.position}",
                )
            taken[target] = column.label
        if not _names_a_customer(self):
            raise Refusal(
                "No column names the customer. Choose the one that holds the customer’s name, id or domain."
            )

    def _check_target(self, target: str, label: str) -> None:
        try:
            target_named(target, self.kind.targets)
        except KeyError as fault:
            raise Refusal(
                f"“{label}” cannot be read as {target!r}. Choose from the list."
            ) from fault


def _names_a_customer(mapping: Mapping) -> bool:
    own = [target for target in mapping.kind.targets if "compan" in target]
    if mapping.has("customers.customer_id", "customers.name", "customers.domain", *own):
        return True
    # An answer's giver is found by address, and so is the company.
    answers = any(target.startswith("answers.") for target in mapping.targets)
    return answers and mapping.has("contacts.email")


def choices(mapping: Mapping) -> list[Target]:
    """What a column of this file may be read as, for a person to choose from."""
    from_shape = list(mapping.kind.targets.values())
    common = [target for target in _common() if target.name not in mapping.kind.targets]
    return [*common, *from_shape]


def _common() -> list[Target]:
    return [*COMMON.values(), *(target_named(name) for name in SIGNALS)]
