from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "arbiter.outcomes"
    label = "outcomes"

    def ready(self) -> None:
        """A verdict is never edited, by anyone: only a new one follows. Its words may be erased."""
        from arbiter.foundation import guards, journal
        from arbiter.outcomes.actions import erasing, keeping

        guards.protect(
            guards.Guard(
                "outcomes_verdict",
                columns=("goal_id", "contact_id", "at", "recorded_at", "verdict", "helped"),
                deletable=True,
            )
        )
        journal.listen(erasing.hear)
        keeping.register()
