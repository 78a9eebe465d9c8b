from django.apps import AppConfig


class UsageConfig(AppConfig):
    name = "arbiter.usage"
    label = "usage"

    def ready(self) -> None:
        """Hear of contacts who are erased."""
        from arbiter.foundation import journal
        from arbiter.usage import listener

        journal.listen(listener.hear)
