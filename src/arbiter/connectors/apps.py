from django.apps import AppConfig


class ConnectorsConfig(AppConfig):
    name = "arbiter.connectors"
    label = "connectors"

    def ready(self) -> None:
        """Let the importer open what recognition has prepared; hear of contacts who are erased."""
        from arbiter.connectors.recognition import opening
        from arbiter.connectors.workspace_files import erasing
        from arbiter.foundation import journal

        opening.register()
        journal.listen(erasing.hear)
