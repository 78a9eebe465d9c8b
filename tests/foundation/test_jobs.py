"""Jobs: queued with their reason, tried again, given back by the dead, and never two at a time."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from arbiter.foundation.jobs import Recurring, heartbeat, queue, upkeep, worker
from arbiter.foundation.jobs.job import LONGEST_WAIT, wait_after
from arbiter.foundation.jobs.recurring import tick
from arbiter.foundation.models import Beat, Recurrence
from tests.foundation import chores
from tests.world import JUNE

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def paper(tmp_path, db, clock, settings):
    settings.SCHEDULE = "tests.foundation.chores.NOTHING_RECURS"
    return tmp_path / "paper"


def lines(paper):
    return paper.read_text().split() if paper.exists() else []


def only_row():
    return DBTaskResult.objects.get()


def test_a_job_is_queued_with_the_transaction_of_its_reason(paper):
    chores.write.enqueue(str(paper), "kept")
    with transaction.atomic():
        chores.write.enqueue(str(paper), "lost")
        transaction.set_rollback(True)

    ran = worker.run_due(JUNE)

    assert ran == 1
    assert lines(paper) == ["kept"]
    assert only_row().status == TaskResultStatus.SUCCESSFUL


def test_a_failing_job_is_tried_again_after_a_longer_wait_each_time(paper, clock):
    chores.stumble.enqueue(str(paper), 2)

    assert worker.run_due(JUNE) == 1
    assert worker.run_due(JUNE + 9 * SECOND) == 0
    assert worker.run_due(JUNE + 10 * SECOND) == 1
    clock.set(JUNE + 10 * SECOND)
    assert worker.run_due(JUNE + 60 * SECOND) == 1

    assert lines(paper) == ["tried"] * 3
    assert only_row().status == TaskResultStatus.SUCCESSFUL


def test_a_job_that_failed_often_enough_is_laid_down_with_what_went_wrong(paper):
    chores.stumble.enqueue(str(paper), 99)

    for minute in range(10):
        worker.run_due(JUNE + minute * MINUTE)

    row = only_row()
    assert (row.status, len(row.worker_ids)) == (TaskResultStatus.FAILED, 3)
    assert "ValueError: not yet" in row.traceback


def test_the_wait_grows_to_a_bound():
    waits = [wait_after(attempt) for attempt in range(1, 12)]

    assert waits[:3] == [10 * SECOND, 40 * SECOND, 160 * SECOND]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


def test_a_job_whose_worker_stopped_beating_is_done_by_another(paper):
    chores.write.enqueue(str(paper), "done")
    heartbeat.beat("dead", JUNE)
    assert queue.claim("dead", JUNE) is not None

    too_early = worker.run_due(JUNE + 59 * SECOND, worker="alive")
    queue.reap("alive", JUNE + 2 * MINUTE)
    later = worker.run_due(JUNE + 3 * MINUTE, worker="alive")

    assert (too_early, later) == (0, 1)
    assert lines(paper) == ["done"]


def test_a_job_over_its_limit_is_given_back_though_its_worker_lives(paper):
    chores.dawdle.enqueue(str(paper), 0)
    slow = queue.claim("slow", JUNE)
    heartbeat.beat("slow", JUNE + 3 * MINUTE)

    reaped = queue.reap("other", JUNE + 3 * MINUTE)

    assert reaped == 1
    assert only_row().status == TaskResultStatus.READY
    assert not queue.give_back(slow, at=JUNE + 4 * MINUTE), "it is no longer in its hands"


def test_a_job_that_kills_every_worker_is_laid_down_in_the_end(paper):
    chores.write.enqueue(str(paper), "never")

    for hour in range(6):
        at = JUNE + timedelta(hours=hour)
        queue.claim(f"victim-{hour}", at)
        queue.reap("other", at + 10 * MINUTE)

    assert only_row().status == TaskResultStatus.FAILED
    assert lines(paper) == []


def test_a_worker_told_to_stop_gives_its_job_back_at_once(paper):
    chores.interrupted.enqueue()
    row = queue.claim("stopping", JUNE)

    with pytest.raises(KeyboardInterrupt):
        queue.perform(row)

    assert only_row().status == TaskResultStatus.READY
    assert queue.claim("next", JUNE) is not None


def test_a_job_whose_code_is_gone_fails_and_stops_nobody(paper):
    chores.write.enqueue(str(paper), "next")
    DBTaskResult.objects.create(
        task_path="arbiter.gone.jobs.vanish",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=JUNE,
    )

    assert worker.run_due(JUNE) == 2
    assert lines(paper) == ["next"]


def test_one_job_is_claimed_by_one_worker_only(paper):
    chores.write.enqueue(str(paper), "once")

    claims = [queue.claim(name, JUNE) for name in ("first", "second")]

    assert [claim is not None for claim in claims] == [True, False]


def recurring(**when):
    return Recurring("test.write", chores.interrupted, **when)


def test_recurring_work_is_queued_once_each_round_by_whoever_ticks_first(paper):
    often = recurring(every=MINUTE)

    rounds = [tick([often], JUNE + seconds * SECOND) for seconds in (0, 0, 59)]
    DBTaskResult.objects.all().delete()
    rounds.append(tick([often], JUNE + 60 * SECOND))

    assert rounds == [["test.write"], [], [], ["test.write"]]


def test_recurring_work_is_not_queued_again_while_it_waits(paper):
    often = recurring(every=SECOND)

    for second in range(5):
        tick([often], JUNE + second * SECOND)

    assert DBTaskResult.objects.count() == 1


def test_nothing_is_written_when_there_is_nothing_to_do(paper, django_assert_num_queries):
    idle = recurring(every=SECOND, when=lambda: False)
    tick([idle], JUNE)

    with django_assert_num_queries(1):
        assert tick([idle], JUNE + MINUTE) == []


def test_daily_work_comes_at_its_time_in_the_zone_of_the_installation(paper, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    nightly = recurring(daily_at=time(2, 0))

    tick([nightly], datetime(2026, 6, 1, 9, 0, tzinfo=UTC))
    first = Recurrence.objects.get().next_run_at
    tick([nightly], first)

    assert first == datetime(2026, 6, 2, 0, 0, tzinfo=UTC)
    assert Recurrence.objects.get().next_run_at == datetime(2026, 6, 3, 0, 0, tzinfo=UTC)


def test_recurring_work_needs_one_way_to_come_round():
    with pytest.raises(ValueError, match="either every or daily_at"):
        recurring()
    with pytest.raises(ValueError, match="either every or daily_at"):
        recurring(every=MINUTE, daily_at=time(2))


def test_every_recurring_job_has_a_name_of_its_own():
    names = [each.name for each in worker.schedule()]

    assert names
    assert len(names) == len(set(names))


def test_a_heartbeat_shows_that_a_worker_is_there(db):
    assert heartbeat.age(JUNE) is None

    heartbeat.beat("one", JUNE)
    heartbeat.beat("one", JUNE + 5 * SECOND)

    assert heartbeat.age(JUNE + 7 * SECOND) == 2 * SECOND
    assert Beat.objects.get().started_at == JUNE
    assert heartbeat.alive(JUNE + 2 * MINUTE) == set()


def test_the_loop_outlives_a_database_that_is_away_for_a_while(paper, monkeypatch):
    class Stop:
        waits = []

        def is_set(self):
            return len(self.waits) >= 2

        def wait(self, seconds):
            self.waits.append(seconds)

    def locked(*args):
        raise OperationalError("database is locked")

    loop = worker.Loop("one", [])
    monkeypatch.setattr(loop, "step", locked)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)

    loop.run(Stop())

    assert Stop.waits == [5.0, 5.0]


def test_a_step_ticks_reaps_and_runs_one_job(paper):
    chores.write.enqueue(str(paper), "one")
    chores.write.enqueue(str(paper), "two")
    loop = worker.Loop("one", [])

    worked = [loop.step(JUNE) for _ in range(3)]

    assert worked == [True, True, False]
    assert lines(paper) == ["one", "two"]


def test_what_is_over_is_tidied_away_and_failures_are_kept_a_month(paper, clock):
    chores.write.enqueue(str(paper), "done")
    worker.run_due(JUNE)
    chores.stumble.using(run_after=JUNE).enqueue(str(paper), 99)
    for minute in range(10):
        worker.run_due(JUNE + minute * MINUTE)
    heartbeat.beat("dead", JUNE)
    Session.objects.create(session_key="over", session_data="", expire_date=JUNE)

    clock.set(JUNE + timedelta(days=2))
    upkeep.tidy.call()
    assert only_row().status == TaskResultStatus.FAILED
    assert not Beat.objects.exists()
    assert not Session.objects.exists()

    upkeep.delete_finished(at=JUNE + timedelta(days=40))
    assert not DBTaskResult.objects.exists()
