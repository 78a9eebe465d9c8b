from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FoundationConfig(AppConfig):
    name = "arbiter.foundation"
    label = "foundation"

    def ready(self) -> None:
        """Guard the journal; set every guard after each migration."""
        from arbiter.foundation import guards

        guards.protect(guards.Guard("foundation_fact"))
        post_migrate.connect(guards.install, dispatch_uid="foundation.guards")
