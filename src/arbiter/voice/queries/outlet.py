"""How surveys, asks and answers leave as workspace files."""

from arbiter.foundation.outlet import Shape
from arbiter.voice.models import Answer, Ask, AskingLimits, FollowUp, Survey, SurveyVersion, Wording

ASKS = Shape(
    file="asks",
    model=Ask,
    columns={
        "ask_id": "key",
        "contact_id": "contact__key",
        "kind": "kind",
        "at": "at",
        "recorded_at": "recorded_at",
        "channel": "channel",
        "delivered_at": "delivered_at",
        "goal_id": "goal_key",
        "contract_id": "contract_key",
        "by_email": "by__email",
        "survey_version_id": "version__key",
        "rule_id": "rule_key",
        "language": "language",
        "closes_at": "closes_at",
        "opened_at": "opened_at",
    },
    identity=("ask_id",),
    customer="contact__customer_id",
    owner="contact_id",
    optional=frozenset(
        {"by_email", "survey_version_id", "rule_id", "language", "closes_at", "opened_at"}
    ),
)

ANSWERS = Shape(
    file="answers",
    model=Answer,
    columns={
        "answer_id": "key",
        "ask_id": "ask__key",
        "contact_id": "contact__key",
        "kind": "kind",
        "at": "at",
        "recorded_at": "recorded_at",
        "value": "value",
        "scale": "scale",
        "comment": "comment",
        "would_make_it_yes": "would_make_it_yes",
        "flagged": "flagged",
        "flag_reason": "flag_reason",
        "on_behalf_by": "on_behalf_by__email",
        "evidence": "evidence",
        "survey_version_id": "version__key",
        "language": "language",
        "details": "details",
        "may_quote": "may_quote",
        "via": "via",
        "reviewed_at": "reviewed_at",
        "reviewed_by": "reviewed_by__email",
    },
    identity=("answer_id",),
    customer="contact__customer_id",
    optional=frozenset(
        {
            "flag_reason",
            "on_behalf_by",
            "evidence",
            "survey_version_id",
            "language",
            "details",
            "may_quote",
            "via",
            "reviewed_at",
            "reviewed_by",
        }
    ),
)

FOLLOW_UPS = Shape(
    file="follow_ups",
    model=FollowUp,
    columns={
        "answer_id": "answer__key",
        "owner_email": "owner__email",
        "due_on": "due_on",
        "set_at": "set_at",
        "closed_at": "closed_at",
        "reason": "reason",
        "would_make_it_yes": "would_make_it_yes",
    },
    identity=("answer_id", "set_at"),
    customer="answer__contact__customer_id",
    optional=frozenset({"reason", "would_make_it_yes"}),
)

SURVEYS = Shape(
    file="surveys",
    model=Survey,
    columns={
        "survey_id": "key",
        "name": "name",
        "kind": "kind",
        "purpose": "purpose",
        "made_at": "made_at",
        "archived_at": "archived_at",
    },
    identity=("survey_id",),
    optional=frozenset({"archived_at"}),
)

SURVEY_VERSIONS = Shape(
    file="survey_versions",
    model=SurveyVersion,
    columns={
        "survey_version_id": "key",
        "survey_id": "survey__key",
        "number": "number",
        "scale": "scale",
        "direction": "direction",
        "parts": "parts",
        "made_at": "made_at",
        "by_email": "made_by__email",
    },
    identity=("survey_version_id",),
    optional=frozenset({"by_email"}),
)

WORDINGS = Shape(
    file="wordings",
    model=Wording,
    columns={
        "wording_id": "key",
        "survey_version_id": "version__key",
        "language": "language",
        "words": "words",
        "made_at": "made_at",
        "by_email": "made_by__email",
    },
    identity=("wording_id",),
    optional=frozenset({"by_email"}),
)

ASKING_LIMITS = Shape(
    file="asking_limits",
    model=AskingLimits,
    columns={
        "any_days": "any_days",
        "relationship_days": "relationship_days",
        "transactional_days": "transactional_days",
        "outcome_days": "outcome_days",
        "people_a_week": "people_a_week",
        "a_day": "a_day",
        "sends_from": "sends_from",
        "sends_until": "sends_until",
        "on_weekends": "on_weekends",
        "set_at": "set_at",
        "by_email": "set_by__email",
    },
    identity=(),
)

SHAPES = (SURVEYS, SURVEY_VERSIONS, WORDINGS, ASKS, ANSWERS, FOLLOW_UPS, ASKING_LIMITS)
