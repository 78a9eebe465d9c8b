from django.apps import AppConfig


class ForecastConfig(AppConfig):
    name = "arbiter.forecast"
    label = "forecast"

    def ready(self) -> None:
        """Guard what is never changed; hear of every fact; add our measures to the catalogue."""
        from arbiter.forecast import listener, measures
        from arbiter.forecast.actions import erasing
        from arbiter.foundation import guards, journal

        guards.protect(guards.Guard("forecast_forecast", deletable=True))
        guards.protect(guards.Guard("forecast_learning", deletable=True))
        guards.protect(guards.Guard("forecast_audit", deletable=True))
        guards.protect(guards.Guard("forecast_backtest", deletable=True))
        guards.protect(guards.Guard("forecast_belief", columns=BELIEF_COLUMNS, deletable=True))
        guards.protect(guards.Guard("forecast_frozenfile", deletable=True))
        guards.protect(
            guards.Guard("forecast_postmortem", columns=POST_MORTEM_COLUMNS, deletable=True)
        )
        guards.protect(guards.Guard("forecast_monthreview", columns=REVIEW_COLUMNS, deletable=True))
        journal.listen(listener.hear)
        journal.listen(erasing.hear)
        measures.register()


# `by` may become nobody when a person is erased, and so may who is quoted; what was said stays.
BELIEF_COLUMNS = ("contract_id", "at", "recorded_at", "probability", "reason")
POST_MORTEM_COLUMNS = (
    *("contract_id", "at", "recorded_at", "cause", "evidence", "avoidable", "steps"),
    *("known", "known_to", "known_on", "quote", "lessons"),
)
REVIEW_COLUMNS = ("month", "at", "said", "losses", "judged", "surprises")
