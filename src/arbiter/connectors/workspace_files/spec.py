"""Every workspace file and every column, in one place: what it holds, what is required, what it refers to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from arbiter.accounts.actions import intake as accounts
from arbiter.connectors.workspace_files import cells
from arbiter.connectors.workspace_files.cells import Kind
from arbiter.engagement.actions import intake as engagement
from arbiter.forecast.actions import intake as forecast
from arbiter.foundation.intake import Intake
from arbiter.outcomes.actions import intake as outcomes
from arbiter.voice.actions import intake as voice

FORMAT = 1
PEOPLE = "people"
# Columns that a file of rejected rows has, and that are no data.
REJECTED_LINE, REJECTED_REASON = "rejected_line", "rejected_reason"

USUAL_CATEGORIES = ("revenue", "cost", "time", "productivity", "risk", "talent", "roi", "other")


@dataclass(frozen=True)
class Column:
    """A column: what it holds, whether every row must have it, and which file's key it names.

    `agrees` names the column whose row the one referred to must belong to; else it is the row's customer.
    """

    name: str
    kind: Kind
    required: bool = False
    to: str = ""
    many: bool = False
    agrees: str = ""


@dataclass(frozen=True)
class File:
    """A workspace file: its columns, and how its rows are kept."""

    name: str
    columns: tuple[Column, ...]
    intake: Intake

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def refs(self) -> tuple[Column, ...]:
        """The columns that name rows of other files, or people."""
        return tuple(column for column in self.columns if column.to)

    @cached_property
    def parent(self) -> Column | None:
        """The reference that says whose row it is; customers have none."""
        return next((column for column in self.refs if column.required and column.to != PEOPLE), None)  # fmt: skip

    @cached_property
    def identity(self) -> tuple[str, ...]:
        """The columns by which a row is the same row."""
        return self.intake.shape.identity

    @property
    def has_key(self) -> bool:
        """Whether rows have a key of their own, which other files may name."""
        return len(self.identity) == 1


WORD = cells.text(100)
NAME = cells.text(200)
TEXT = cells.text()
KEY = cells.KEY
DAY = Kind(cells.day, parquet="date")
INSTANT = Kind(cells.instant, parquet="instant")
MONEY = cells.decimal(2)
AMOUNT = cells.decimal(2, low=0)
NUMBER = cells.decimal(6)
BOOLEAN = Kind(cells.boolean, parquet="boolean")
CURRENCY = Kind(cells.currency)
COLLEAGUE = Kind(cells.colleague)
SCALE = Kind(cells.scale)
PROBABILITY = Kind(cells.probability, parquet="number")
ASK_KIND = cells.choice(("intent", "nps", "csat", "ces", "goal", "check_in", "verdict", "custom"))


def _key(name: str) -> Column:
    return Column(name, KEY, required=True)


def _of(name: str, to: str, *, required: bool = True, agrees: str = "") -> Column:
    return Column(name, KEY, required=required, to=to, agrees=agrees)


def _who(name: str, *, required: bool = False) -> Column:
    return Column(name, COLLEAGUE, required=required, to=PEOPLE)


AT = Column("at", INSTANT, required=True)
RECORDED_AT = Column("recorded_at", INSTANT)
MADE_AT = Column("made_at", INSTANT, required=True)
ARCHIVED_AT = Column("archived_at", INSTANT)
LANGUAGE = Column("language", cells.text(20))

_COLUMNS: dict[str, tuple[Column, ...]] = {
    "customers": (
        _key("customer_id"),
        Column("name", NAME, required=True),
        Column("domain", NAME),
        Column("segment", WORD),
        Column("industry", WORD),
        Column("region", WORD),
        _who("owner_email"),
        Column("stage", WORD),
        Column("since", DAY),
        _of("parent_id", "customers", required=False),
        Column("why_bought", TEXT),
        Column("promised_value", TEXT),
        Column("promised_by", NAME),
        Column("promise_quote", TEXT),
        Column("promise_source", NAME),
        Column("archived_at", INSTANT),
        LANGUAGE,
    ),
    "contacts": (
        _key("contact_id"),
        _of("customer_id", "customers"),
        Column("name", NAME, required=True),
        Column("email", Kind(cells.email)),
        Column(
            "role",
            cells.choice(("decision_maker", "sponsor", "champion", "user", "procurement", "other")),
        ),
        Column("title", NAME),
        LANGUAGE,
        Column("joined_on", DAY),
        Column("left_on", DAY),
        Column("unsubscribed_at", INSTANT),
        Column("time_zone", Kind(cells.zone)),
        Column("erased_at", INSTANT),
    ),
    "contracts": (
        _key("contract_id"),
        _of("customer_id", "customers"),
        Column("starts_on", DAY, required=True),
        Column("ends_on", DAY, required=True),
        Column("arr", AMOUNT),
        Column("currency", CURRENCY),
        Column("seats", cells.whole()),
        Column("plan", WORD),
        Column("product", WORD),
        Column("auto_renew", BOOLEAN),
        Column("notice_days", cells.whole()),
        Column("decision", cells.choice(("renewed", "expanded", "contracted", "churned"))),
        Column("decided_on", DAY),
        Column("new_arr", AMOUNT),
        Column("churn_reason", TEXT),
        Column("churn_cause", cells.choice(("ours", "external", "payment"))),
        Column("avoidable", BOOLEAN),
        Column("churn_evidence", TEXT),
        RECORDED_AT,
        _who("by_email"),
    ),
    "surveys": (
        _key("survey_id"),
        Column("name", NAME, required=True),
        Column("kind", ASK_KIND, required=True),
        Column(
            "purpose", cells.choice(("outcome", "relationship", "transactional")), required=True
        ),
        MADE_AT,
        ARCHIVED_AT,
    ),
    "survey_versions": (
        _key("survey_version_id"),
        _of("survey_id", "surveys"),
        Column("number", cells.whole(), required=True),
        Column("scale", SCALE),
        Column("direction", cells.choice(("up", "down"))),
        Column("parts", cells.json_of(list), required=True),
        MADE_AT,
        _who("by_email"),
    ),
    "wordings": (
        _key("wording_id"),
        _of("survey_version_id", "survey_versions"),
        Column("language", cells.text(20), required=True),
        Column("words", cells.json_of(dict), required=True),
        MADE_AT,
        _who("by_email"),
    ),
    "stages": (
        _key("stage_id"),
        Column("name", WORD, required=True),
        Column("segment", WORD),
        Column("product", WORD),
        Column("position", cells.whole(), required=True),
        Column("starts_after_days", cells.whole()),
        Column("success_within_days", cells.whole()),
        Column("meaning", TEXT, required=True),
        MADE_AT,
        ARCHIVED_AT,
    ),
    "asking_rules": (
        _key("rule_id"),
        Column("name", NAME, required=True),
        Column("survey_id", KEY),
        Column("when", cells.json_of(dict), required=True),
        Column("whom", cells.json_of(dict)),
        Column("sample_percent", cells.whole(100)),
        Column("hold_out_percent", cells.whole(100)),
        MADE_AT,
        _who("by_email"),
        Column("on_since", INSTANT),
        ARCHIVED_AT,
    ),
    "goals": (
        _key("goal_id"),
        _of("customer_id", "customers"),
        Column("statement", TEXT, required=True),
        Column("whose_words", cells.choice(("customer", "vendor"))),
        Column("category", cells.choice(USUAL_CATEGORIES)),
        _of("stated_by", "contacts", required=False),
        AT,
        RECORDED_AT,
        Column("priority", cells.whole(32_767)),
        _of("contract_id", "contracts", required=False),
        Column("stage", WORD),
        Column("retired_at", INSTANT),
        Column("retired_reason", TEXT),
        Column("pain", TEXT),
    ),
    "revisions": (
        _key("revision_id"),
        _of("goal_id", "goals"),
        AT,
        RECORDED_AT,
        Column("measure", NAME),
        Column("unit", cells.text(60)),
        Column("direction", cells.choice(("up", "down", "reach"))),
        Column("baseline", NUMBER),
        Column("target", NUMBER),
        Column("due_on", DAY),
        Column("reason", TEXT),
        _of("agreed_by", "contacts", required=False),
        Column("guard_measure", NAME),
        Column("guard_limit", NUMBER),
        Column("money_per_unit", NUMBER),
        Column("currency", CURRENCY),
        Column("baseline_on", DAY),
        Column("source", NAME),
        Column("measured_by", NAME),
        Column("cadence", cells.text(40)),
        Column("stage", cells.text(100)),
    ),
    "results": (
        _of("goal_id", "goals"),
        AT,
        RECORDED_AT,
        Column("value", NUMBER, required=True),
        Column("measure", NAME),
        Column("provenance", cells.choice(("customer", "csm", "import", "api", "usage"))),
        Column("reported_by", cells.text(254)),
        Column("evidence", TEXT),
    ),
    "verdicts": (
        _key("verdict_id"),
        _of("goal_id", "goals"),
        _of("contact_id", "contacts"),
        AT,
        RECORDED_AT,
        Column("verdict", cells.choice(("achieved", "partly", "not", "too_early")), required=True),
        Column("helped", cells.choice(("yes", "partly", "no"))),
        Column("comment", TEXT),
        _who("on_behalf_by"),
        Column("evidence", TEXT),
        Column("flagged", BOOLEAN),
        Column("flag_reason", WORD),
    ),
    "awareness": (
        _of("goal_id", "goals"),
        _of("contact_id", "contacts"),
        AT,
        RECORDED_AT,
        Column("state", cells.choice(("told", "seen", "agreed", "disputed")), required=True),
    ),
    "asks": (
        _key("ask_id"),
        _of("contact_id", "contacts"),
        Column("kind", ASK_KIND, required=True),
        AT,
        RECORDED_AT,
        Column("channel", cells.choice(("mail", "link", "portal", "call"))),
        Column("delivered_at", INSTANT),
        _of("goal_id", "goals", required=False),
        _of("contract_id", "contracts", required=False),
        _who("by_email"),
        _of("survey_version_id", "survey_versions", required=False),
        Column("rule_id", KEY),
        LANGUAGE,
        Column("closes_at", INSTANT),
        Column("opened_at", INSTANT),
    ),
    "answers": (
        _key("answer_id"),
        _of("ask_id", "asks", required=False, agrees="contact_id"),
        _of("contact_id", "contacts"),
        Column("kind", ASK_KIND, required=True),
        AT,
        RECORDED_AT,
        Column("value", WORD, required=True),
        Column("scale", SCALE),
        Column("comment", TEXT),
        Column("would_make_it_yes", TEXT),
        Column("flagged", BOOLEAN),
        Column("flag_reason", WORD),
        _who("on_behalf_by"),
        Column("evidence", TEXT),
        _of("survey_version_id", "survey_versions", required=False),
        LANGUAGE,
        Column("details", Kind(cells.json_object_as_it_is)),
        Column("may_quote", BOOLEAN),
        Column("via", cells.text(10)),
        Column("reviewed_at", INSTANT),
        _who("reviewed_by"),
    ),
    "follow_ups": (
        _of("answer_id", "answers"),
        _who("owner_email", required=True),
        Column("due_on", DAY, required=True),
        Column("set_at", INSTANT, required=True),
        Column("closed_at", INSTANT),
        Column("reason", TEXT),
        Column("would_make_it_yes", TEXT),
    ),
    "themes": (
        _key("theme_id"),
        Column("name", NAME, required=True),
        MADE_AT,
        Column("change", TEXT),
        Column("changed_at", INSTANT),
        ARCHIVED_AT,
    ),
    "feedback": (
        _key("feedback_id"),
        _of("customer_id", "customers"),
        _of("contact_id", "contacts", required=False),
        AT,
        RECORDED_AT,
        Column("text", TEXT, required=True),
        Column("source", cells.text(20)),
        Column("theme", Kind(cells.keys)),
        _of("goal_id", "goals", required=False),
        Column("status", cells.choice(("new", "planned", "in_work", "done", "declined"))),
        Column("replied_at", INSTANT),
        _of("answer_id", "answers", required=False),
        LANGUAGE,
        Column("product_area", WORD),
        _who("owner_email"),
        Column("due_on", DAY),
        _of("ask_id", "asks", required=False, agrees="contact_id"),
        Column("closed_at", INSTANT),
    ),
    "promises": (
        _key("promise_id"),
        _of("customer_id", "customers"),
        _of("contact_id", "contacts", required=False),
        Column("text", TEXT, required=True),
        AT,
        RECORDED_AT,
        Column("due_on", DAY),
        Column("kept_at", INSTANT),
        Column("broken_at", INSTANT),
        _who("by_email"),
        _of("feedback_id", "feedback", required=False),
    ),
    "suppressions": (
        _key("suppression_id"),
        Column("address", Kind(cells.email)),
        Column("address_hash", cells.text(64)),
        _of("contact_id", "contacts", required=False),
        Column("scope", cells.choice(("surveys", "education", "all")), required=True),
        Column(
            "cause",
            cells.choice(("unsubscribed", "bounced", "complained", "imported", "by_us")),
            required=True,
        ),
        Column("detail", cells.text(300)),
        AT,
        RECORDED_AT,
        Column("lifted_at", INSTANT),
    ),
    "beliefs": (
        _of("contract_id", "contracts"),
        AT,
        RECORDED_AT,
        Column("probability", PROBABILITY, required=True),
        Column("reason", TEXT),
        _who("by_email"),
    ),
    "signals": (
        _of("customer_id", "customers"),
        Column("name", WORD, required=True),
        AT,
        RECORDED_AT,
        Column("value", Kind(cells.measured, parquet="number"), required=True),
    ),
    "milestones": (
        _key("milestone_id"),
        _of("customer_id", "customers"),
        _of("goal_id", "goals", required=False),
        Column("title", cells.text(300), required=True),
        Column("side", cells.choice(("ours", "theirs"))),
        Column("due_on", DAY),
        Column("done_at", INSTANT),
        Column("position", cells.whole()),
    ),
    "touchpoints": (
        _key("touchpoint_id"),
        _of("customer_id", "customers"),
        AT,
        RECORDED_AT,
        Column("kind", cells.choice(("call", "meeting", "mail", "review", "note"))),
        Column("value_conversation", BOOLEAN),
        Column("summary", TEXT),
        Column("contact_ids", Kind(cells.keys), to="contacts", many=True),
        _who("by_email"),
    ),
    "investments": (
        _key("investment_id"),
        _of("customer_id", "customers"),
        _of("goal_id", "goals", required=False),
        AT,
        RECORDED_AT,
        Column("amount", AMOUNT, required=True),
        Column("currency", CURRENCY, required=True),
        Column("assumptions", TEXT),
        _of("stated_by", "contacts", required=False),
    ),
}

_INTAKES = {
    intake.shape.file: intake
    for capability in (accounts, voice, outcomes, engagement, forecast)
    for intake in capability.INTAKES
}

# In the order they are stored: what is referred to comes first.
FILES: dict[str, File] = {
    name: File(name, columns, _INTAKES[name]) for name, columns in _COLUMNS.items()
}
