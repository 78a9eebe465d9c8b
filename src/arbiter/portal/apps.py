from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "arbiter.portal"
    label = "portal"

    def ready(self) -> None:
        """Have the letter's stylesheet made beside the other files that are made, not kept."""
        from arbiter.portal import styles
        from arbiter.ui import finders

        finders.BUILT["portal/letter.css"] = styles.letter
