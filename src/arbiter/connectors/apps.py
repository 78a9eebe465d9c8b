from django.apps import AppConfig


class ConnectorsConfig(AppConfig):
    name = "arbiter.connectors"
    label = "connectors"

    def ready(self) -> None:
        """Let the importer open what recognition has prepared."""
        from arbiter.connectors.recognition import opening

        opening.register()
