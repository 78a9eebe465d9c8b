"""How lawful grounds, and how long words are kept, leave as workspace files."""

from arbiter.accounts.models import Basis, Retention
from arbiter.foundation.outlet import Shape

LAWFUL_BASES = Shape(
    file="lawful_bases",
    model=Basis,
    columns={
        "contact_id": "contact__key",
        "purpose": "purpose",
        "basis": "basis",
        "evidence": "evidence",
        "at": "at",
        "recorded_at": "recorded_at",
        "by_email": "recorded_by__email",
    },
    identity=("contact_id", "purpose", "at", "recorded_at", "basis"),
    customer="contact__customer_id",
)

RETENTION = Shape(
    file="retention",
    model=Retention,
    columns={
        "kind": "kind",
        "days": "days",
        "set_at": "set_at",
        "by_email": "set_by__email",
    },
    identity=("kind",),
)

SHAPES = (LAWFUL_BASES, RETENTION)
