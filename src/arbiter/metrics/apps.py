from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "arbiter.metrics"
    label = "metrics"

    def ready(self) -> None:
        """Guard what is never changed; hear of what makes stored numbers old."""
        from arbiter.foundation import guards, journal
        from arbiter.metrics import listener

        guards.protect(guards.Guard("metrics_measuresnapshot", deletable=True))
        guards.protect(guards.Guard("metrics_namelist", deletable=True))
        journal.listen(listener.hear)
