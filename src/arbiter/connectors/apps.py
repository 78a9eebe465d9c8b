from django.apps import AppConfig


class ConnectorsConfig(AppConfig):
    name = "arbiter.connectors"
    label = "connectors"
