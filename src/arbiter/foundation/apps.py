from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FoundationConfig(AppConfig):
    name = "arbiter.foundation"
    label = "foundation"

    def ready(self) -> None:
        """Guard the journal; set every guard after each migration; let mails be forgotten after a time."""
        from arbiter.foundation import guards
        from arbiter.foundation.mail import forgetting

        forgetting.register()
        guards.protect(guards.Guard("foundation_fact"))
        post_migrate.connect(guards.install, dispatch_uid="foundation.guards")
