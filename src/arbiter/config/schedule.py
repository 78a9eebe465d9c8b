"""Every recurring job, in one list. `settings.SCHEDULE` names it; each worker ticks it once a second."""

from datetime import time, timedelta

from arbiter.accounts import jobs as accounts
from arbiter.connectors.digests import jobs as digests
from arbiter.connectors.mail import jobs as replies
from arbiter.connectors.workspace_files import jobs as files
from arbiter.engagement import jobs as engagement
from arbiter.forecast import jobs as forecast
from arbiter.foundation.jobs import Recurring
from arbiter.foundation.jobs.upkeep import tidy
from arbiter.foundation.mail.jobs import send_mail
from arbiter.foundation.mail.outbox import is_waiting
from arbiter.metrics import jobs as metrics
from arbiter.outcomes import jobs as outcomes
from arbiter.usage import jobs as usage
from arbiter.voice import jobs as voice

SCHEDULE = [
    Recurring("usage.flush", usage.flush, every=timedelta(seconds=1), when=usage.is_waiting),
    Recurring("connectors.forget_events", files.forget_stopped_events, daily_at=time(0, 20)),
    Recurring("usage.compact", usage.compact, daily_at=time(0, 30)),
    Recurring("usage.snapshot", usage.snapshot, daily_at=time(1, 15)),
    Recurring("outcomes.report_usage", outcomes.report_usage, daily_at=time(1, 45)),
    Recurring(
        "outcomes.finish_milestones",
        outcomes.finish_milestones,
        every=timedelta(minutes=1),
        when=outcomes.is_milestone_found,
    ),
    Recurring(
        "usage.snapshot_wanted",
        usage.snapshot,
        every=timedelta(seconds=5),
        when=usage.is_snapshot_wanted,
    ),
    Recurring(
        "usage.look_back",
        usage.look_back,
        every=timedelta(seconds=10),
        when=usage.is_look_back_wanted,
    ),
    Recurring("foundation.send_mail", send_mail, every=timedelta(seconds=1), when=is_waiting),
    Recurring(
        "connectors.fetch_replies",
        replies.fetch_replies,
        every=timedelta(minutes=1),
        when=replies.has_mailbox,
    ),
    Recurring(
        "forecast.refresh_stale",
        forecast.refresh_stale,
        every=timedelta(seconds=2),
        when=forecast.has_stale,
    ),
    Recurring(
        "forecast.freeze_losses",
        forecast.freeze_losses,
        every=timedelta(seconds=10),
        when=forecast.has_unfrozen,
    ),
    Recurring("forecast.freeze_all", forecast.freeze_losses, daily_at=time(1, 30)),
    Recurring("forecast.rebuild", forecast.rebuild, daily_at=time(2, 0)),
    Recurring("forecast.backtest", forecast.backtest, daily_at=time(4, 0)),
    Recurring(
        "forecast.backtest_wanted",
        forecast.backtest,
        every=timedelta(minutes=1),
        when=forecast.is_backtest_wanted,
    ),
    Recurring(
        "forecast.audit_wanted",
        forecast.make_audit,
        every=timedelta(seconds=5),
        when=forecast.is_audit_wanted,
    ),
    Recurring("forecast.audit", forecast.make_audit, daily_at=time(2, 30)),
    Recurring(
        "metrics.compute_wanted",
        metrics.compute,
        every=timedelta(seconds=5),
        when=metrics.is_wanted,
    ),
    Recurring("metrics.compute", metrics.compute, daily_at=time(3, 0)),
    Recurring(
        "engagement.find_occasions",
        engagement.find_occasions,
        every=timedelta(hours=1),
        when=engagement.is_any_rule_on,
    ),
    Recurring(
        "engagement.ask_due",
        engagement.ask_due,
        every=timedelta(minutes=1),
        when=engagement.is_anybody_due,
    ),
    Recurring("voice.forget_codes", voice.forget_codes, every=timedelta(hours=1)),
    Recurring(
        "connectors.send_digests",
        digests.send_digests,
        every=timedelta(minutes=5),
        when=digests.is_any_due,
    ),
    Recurring("accounts.forget_over", accounts.forget_over, daily_at=time(0, 40)),
    Recurring("foundation.tidy", tidy, every=timedelta(hours=1)),
]
