"""The audit is made after imports, at night and when somebody wants it, and tells how far it is."""

from datetime import timedelta

import pytest

from arbiter.forecast import jobs
from arbiter.forecast.actions import audits
from arbiter.forecast.models import Audit
from arbiter.forecast.models.audit import AuditRun
from arbiter.forecast.queries.audits import runs, working
from arbiter.foundation import journal
from arbiter.foundation.models import Fact
from arbiter.foundation.permissions import NotAllowed
from tests.forecast import decided
from tests.world import MAY, TODAY

pytestmark = pytest.mark.django_db


def clock():
    return TODAY


def imported(world, at=TODAY):
    journal.record("connectors.import_finished", subject=world.harbour, by=world.mona, at=at)


def test_who_may_bring_in_files_may_want_an_audit_and_it_is_on_record(world):
    audits.want(by=world.mona, at=TODAY)
    audits.want(by=world.olga, at=TODAY)

    assert runs.newest().state == "waiting"
    assert AuditRun.objects.count() == 1
    assert Fact.objects.filter(name="forecast.audit_wanted").count() == 2


def test_who_may_not_import_may_not_want_one(world):
    with pytest.raises(NotAllowed):
        audits.want(by=world.ada, at=TODAY)


def test_an_import_makes_the_last_audit_old(world):
    assert not jobs.is_audit_wanted()

    imported(world)

    assert jobs.is_audit_wanted()
    jobs.make_audit.call()
    assert not jobs.is_audit_wanted()


def test_the_first_decision_wants_an_audit(world):
    decided.decide(world.quay_contract, "renewed")

    assert jobs.is_audit_wanted()


def test_a_later_decision_waits_for_the_night(world):
    audits.perform(at=TODAY, clock=clock)
    decided.decide(world.quay_contract, "renewed")

    assert not jobs.is_audit_wanted()


def test_it_tells_how_far_it_is_and_is_done(world, monkeypatch):
    heard = []

    def work_out(as_of, progress):
        progress(1, 2)
        heard.append(runs.newest())
        return found(as_of)

    found = working.work_out
    monkeypatch.setattr(working, "work_out", work_out)
    audits.want(by=world.mona, at=MAY)

    made = audits.perform(at=TODAY, clock=clock)

    assert (heard[0].state, heard[0].done, heard[0].total) == ("running", 1, 2)
    assert heard[0].is_under_way
    assert (runs.newest().state, runs.newest().finished_at) == ("done", TODAY)
    assert Audit.objects.get() == made


def test_what_is_wanted_meanwhile_is_made_the_next_time(world, monkeypatch):
    found = working.work_out

    def work_out(as_of, progress):
        imported(world)
        return found(as_of)

    monkeypatch.setattr(working, "work_out", work_out)
    audits.perform(at=TODAY, clock=clock)

    assert runs.newest().state == "waiting"
    monkeypatch.setattr(working, "work_out", found)
    audits.perform(at=TODAY + timedelta(minutes=1), clock=clock)
    assert runs.newest().state == "done"


def test_what_a_worker_that_is_gone_left_is_done_by_the_next(world):
    AuditRun.objects.create(wanted_at=MAY, started_at=MAY)

    audits.perform(at=TODAY, clock=clock)

    assert not AuditRun.objects.filter(finished_at=None).exists()


def test_a_failure_is_kept_with_its_words_and_is_loud(world, monkeypatch):
    def fail(as_of, progress):
        raise ArithmeticError("no")

    monkeypatch.setattr(working, "work_out", fail)

    with pytest.raises(ArithmeticError):
        audits.perform(at=TODAY, clock=clock)
    assert runs.newest().state == "failed"
    assert AuditRun.objects.get().problem == "ArithmeticError: no"


def test_only_the_last_runs_are_kept(world, monkeypatch):
    monkeypatch.setattr(audits, "KEPT_RUNS", 2)

    for day in range(4):
        audits.perform(at=TODAY + timedelta(days=day), clock=clock)

    assert AuditRun.objects.count() == 2


def test_before_the_first_nothing_is_told():
    assert runs.newest() is None
