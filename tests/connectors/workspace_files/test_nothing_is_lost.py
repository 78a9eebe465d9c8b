"""Every table there is: which file takes it along when an installation moves, or why none does."""

import pytest
from django.apps import apps

from arbiter.connectors.workspace_files.spec import FILES

BESIDE = {
    "accounts.renewal": "contracts",
    "outcomes.category": "workspace.json",
    "voice.sorting": "feedback",
    "foundation.team": "colleagues",
    "engagement.touchpoint_contacts": "touchpoints",
}
"""Tables that are kept within the file of another."""

SECRET = "a secret does not lie in a file"
GRANTED = "who may do what is granted where it holds"
UNDER_WAY = "work under way in this installation, or a note that it was done"
OUR_MAIL = (
    "mail of this installation; what follows from it is in asks, answers, feedback and suppressions"
)
MADE_ANEW = "made anew from the facts, as of any day"
STAYS_BEHIND = {
    "connectors.import": "undoing an import is of the installation it came into",
    "connectors.before": "undoing an import is of the installation it came into",
    "connectors.brought": "undoing an import is of the installation it came into",
    "forecast.anchor": MADE_ANEW,
    "forecast.audit": MADE_ANEW,
    "forecast.auditrun": UNDER_WAY,
    "forecast.backtest": MADE_ANEW,
    "forecast.edition": MADE_ANEW,
    "forecast.forecast": MADE_ANEW,
    "forecast.frozenfile": MADE_ANEW,
    "forecast.learning": MADE_ANEW,
    "forecast.opening": "an answer that came with a file is sealed to nobody",
    "forecast.outlook": MADE_ANEW,
    "forecast.stalecustomer": MADE_ANEW,
    "forecast.standing": MADE_ANEW,
    "foundation.apikey": SECRET,
    "foundation.beat": UNDER_WAY,
    "foundation.cacheentry": UNDER_WAY,
    "foundation.fact": "the journal is proof only where it was written; an import writes lines of its own",
    "foundation.outboxmail": OUR_MAIL,
    "foundation.recurrence": UNDER_WAY,
    "metrics.computation": UNDER_WAY,
    "metrics.measuresnapshot": MADE_ANEW,
    "metrics.namelist": MADE_ANEW,
    "usage.adoptionfigure": MADE_ANEW,
    "usage.alias": "follows from the events",
    "usage.completion": MADE_ANEW,
    "usage.completiontimes": MADE_ANEW,
    "usage.featurestanding": MADE_ANEW,
    "usage.flush": UNDER_WAY,
    "usage.lookback": UNDER_WAY,
    "usage.membership": "follows from the events",
    "usage.parcel": UNDER_WAY,
    "usage.pulse": MADE_ANEW,
    "usage.rejection": "what a source of this installation sent in vain",
    "usage.snapshotrun": UNDER_WAY,
    "usage.source": SECRET,
    "usage.usagestanding": MADE_ANEW,
    "voice.answercode": SECRET,
    "voice.deliverynews": OUR_MAIL,
    "voice.inboundmail": OUR_MAIL,
    "voice.personallink": SECRET,
    "voice.widget": SECRET,
    "workspace.savedview": "a matter of taste, and it names people by their numbers here",
}

ITS_OWN = {
    "key": "it is the name of the row",
    "id": "its number here",
    "import_id": "by which import it came here",
    "custom": "written as columns of their own",
}
NOT_A_COLUMN = {
    "colleagues": dict.fromkeys(
        ("role", "is_active", "password", "joined_at", "last_login"), GRANTED
    ),
    "behaviour_sets": {"line": "told by the key of its first row"},
    "answers": {"submission": "the number of the form that was sent"},
    "verdicts": {"submission": "the number of the form that was sent"},
    "asks": {"link": SECRET},
    "suppressions": {"address_hash": "worked out again, unless only it is left"},
    "feedback_replies": {"mail_key": OUR_MAIL},
    "digests": {
        "kind": "only those that go by mail",
        "name": "only those that go by mail",
        "sealed_address": SECRET,
        "trouble": UNDER_WAY,
    },
}


def ours():
    return {
        model._meta.label_lower: model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("arbiter.")
    }


def test_every_table_is_in_a_file_or_stays_behind_for_a_reason():
    in_files = {file.intake.shape.model._meta.label_lower for file in FILES.values()}
    told = in_files | BESIDE.keys() | STAYS_BEHIND.keys()

    assert sorted(ours().keys() - told) == []
    assert sorted(told - ours().keys()) == []


def test_no_table_is_both():
    in_files = {file.intake.shape.model._meta.label_lower for file in FILES.values()}

    assert in_files & (BESIDE.keys() | STAYS_BEHIND.keys()) == set()
    assert BESIDE.keys() & STAYS_BEHIND.keys() == set()
    assert set(BESIDE.values()) - {"workspace.json"} <= FILES.keys()


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_nothing_of_a_row_is_left_behind(file):
    shape = file.intake.shape
    read = {path.split("__")[0] for path in shape.columns.values()}

    left = {field.name for field in shape.model._meta.concrete_fields} - read

    assert left - ITS_OWN.keys() == NOT_A_COLUMN.get(file.name, {}).keys()
