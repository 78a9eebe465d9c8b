"""CRM deals as contracts. A deal says when something was sold; a contract, from when until when.

Two readings exist, and to mix them counts the same money twice:
- *renewals*: each renewal deal stands for the term that ends on its close date; won means renewed,
  lost means churned, anything else is still open. Other deals are left out.
- *sales*: each won deal stands for a term that begins on its close date.
A file with only renewals, or only other deals, settles it. Otherwise it is asked.
"""

from arbiter.connectors.tables.choices import OPEN, plain
from arbiter.connectors.tables.findings import Findings
from arbiter.connectors.tables.questions import Option, Question
from arbiter.connectors.tables.records import LeftOut, Record, RowRefused
from arbiter.connectors.tables.shapes import Circumstances, own_targets
from arbiter.connectors.tables.targets import Kind, Target

TARGETS = own_targets(
    Target("deal.close", "Deal: close date", Kind.DATE),
    Target("deal.stage", "Deal: stage", Kind.WORD),
    Target("deal.type", "Deal: type (new, renewal, expansion)", Kind.WORD),
    Target("deal.pipeline", "Deal: pipeline", Kind.WORD),
    Target("deal.is_won", "Deal: is won", Kind.BOOLEAN),
    Target("deal.is_closed", "Deal: is closed", Kind.BOOLEAN),
)
RENEWALS = "renewals"
SALES = "sales"
WON = "won"
LOST = "lost"
_QUESTION = "deals_mean"
_RENEWAL = ("renewal", "renew", "verlängerung", "renouvellement", "renovación", "renovacion")
_WON = ("won", "gewonnen", "gagné", "ganad")
_LOST = ("lost", "verloren", "perdu", "perdid")


def _is_renewal(word: str) -> bool:
    return any(part in plain(word) for part in _RENEWAL)


def _by(findings: Findings) -> str:
    """The target that tells renewals from other deals in this file, if any does."""
    for target in ("deal.type", "deal.pipeline"):
        if any(_is_renewal(word) for word, _ in findings.words_of(target)):
            return target
    return "deal.type" if any(findings.words_of("deal.type")) else ""


def _settled(findings: Findings) -> str | None:
    target = _by(findings)
    if not target:
        return None
    kinds = {_is_renewal(word) for word, _ in findings.words_of(target)}
    if kinds == {True}:
        return RENEWALS
    return SALES if kinds == {False} else None


def ask_what_deals_mean(findings: Findings) -> list[Question]:
    if _settled(findings):
        return []
    words = tuple(word for word, _ in findings.words_of(_by(findings) or "deal.stage"))
    options = (
        Option(
            RENEWALS, "Renewals: a contract ends on the close date; won is renewed, lost is churned"
        ),
        Option(SALES, "Sales: a contract starts on the close date of each won deal"),
    )
    text = "What does a deal in this file stand for?"
    return [Question(_QUESTION, text, options, samples=words[:6])]


def read_deal(record: Record, circumstances: Circumstances) -> None:
    """Turn close date and stage into a contract's dates and decision."""
    reading = _settled(circumstances.findings) or circumstances.answers.get(_QUESTION)
    outcome = _outcome(record)
    close = record.day("deal.close")
    if close is None and "contracts.ends_on" not in record:
        raise RowRefused("the deal has no close date", "Fill in the date.", target="deal.close")
    if reading == RENEWALS:
        _leave_out_others(record, circumstances)
        _as_renewal(record, outcome, circumstances)
    else:
        _as_sale(record, outcome, circumstances)


def _outcome(record: Record) -> str:
    if record.get("deal.is_won") is True:
        return WON
    if record.get("deal.is_closed") is True and record.get("deal.is_won") is False:
        return LOST
    stage = plain(record.text("deal.stage"))
    if any(part in stage for part in _WON):
        return WON
    return LOST if any(part in stage for part in _LOST) else OPEN


def _leave_out_others(record: Record, circumstances: Circumstances) -> None:
    target = _by(circumstances.findings)
    if target and not _is_renewal(record.text(target)):
        raise LeftOut("left out because the deal is no renewal")


def _as_renewal(record: Record, outcome: str, circumstances: Circumstances) -> None:
    close = record.day("deal.close")
    if close is not None:
        record.setdefault("contracts.ends_on", close)
    record["contracts.status"] = {WON: "renewed", LOST: "churned"}.get(outcome, OPEN)
    if outcome == WON:
        circumstances.notes.add(
            "renewed; the term that follows is read from a renewal deal of its own", record.line
        )
    if outcome != OPEN and close is not None:
        record.setdefault("contracts.decided_on", close)


def _as_sale(record: Record, outcome: str, circumstances: Circumstances) -> None:
    if outcome != WON:
        raise LeftOut("left out because the deal is not won")
    close = record.day("deal.close")
    if close is not None:
        record.setdefault("contracts.starts_on", close)
    if "contracts.ends_on" not in record and "contracts.term_months" not in record:
        record["contracts.term_months"] = "12"
        circumstances.notes.add(
            "no end date or term, so the contract was taken to run a year", record.line
        )
