from django.apps import AppConfig


class EngagementConfig(AppConfig):
    name = "arbiter.engagement"
    label = "engagement"

    def ready(self) -> None:
        """Hear of contacts who are erased."""
        from arbiter.engagement.actions import erasing
        from arbiter.foundation import journal

        journal.listen(erasing.hear)
