"""Yes, not sure, no, asked without reply, never asked: five states that are never merged, in money and in customers.

Answers that are in and not to be read yet stand beside the five, where there are any, and are merged with none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from arbiter.ui import wording
from arbiter.ui.charts.segment_bar import segment_bar
from arbiter.ui.charts.states import ANSWERS, SEALED, State

_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Standing:
    """How much stands behind one of the five."""

    key: str
    state: State
    customers: int
    money: Decimal
    url: str
    share: Decimal
    shown_money: str
    of_few: bool = False

    @property
    def shown_share(self) -> str:
        """Its share of the money; empty where so few customers stand behind it that a count says more."""
        return "" if self.of_few else wording.percent(self.share)


def standings(given: list[Mapping[str, Any]], currency: str) -> list[Standing]:
    """All five in their fixed order, the missing ones as none; what is sealed after them, where anything is."""
    by_answer = {item["answer"]: item for item in given}
    total = sum((_money(item) for item in given), _NOTHING)
    of_few = sum(int(item.get("customers", 0)) for item in given) < wording.FEW
    sealed = {
        key: state for key, state in SEALED.items() if by_answer.get(key, {}).get("customers")
    }
    return [
        Standing(
            key=key,
            state=state,
            customers=int(by_answer.get(key, {}).get("customers", 0)),
            money=(money := _money(by_answer.get(key, {}))),
            url=by_answer.get(key, {}).get("url", ""),
            share=money / total if total else _NOTHING,
            shown_money=wording.money(money, currency),
            of_few=of_few,
        )
        for key, state in (ANSWERS | sealed).items()
    ]


def bars(five: list[Standing]) -> tuple[SafeString, SafeString]:
    """One bar in money, one in customers."""
    in_money = segment_bar(
        [(one.key, float(one.money)) for one in five], label=money_sentence(five), size="large"
    )
    in_customers = segment_bar(
        [(one.key, float(one.customers)) for one in five], label=customers_sentence(five)
    )
    return in_money, in_customers


def money_sentence(five: list[Standing]) -> str:
    return "By money: " + ", ".join(
        f"{one.state.word.lower()} {one.shown_money}"
        + (f" ({one.shown_share})" if one.shown_share else "")
        for one in five
    )


def customers_sentence(five: list[Standing]) -> str:
    return "By customers: " + ", ".join(
        f"{one.state.word.lower()} {one.customers:,}" for one in five
    )


def _money(item: Mapping[str, Any]) -> Decimal:
    return Decimal(str(item.get("money") or 0))
