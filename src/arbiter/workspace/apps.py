from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "arbiter.workspace"
    label = "workspace"
