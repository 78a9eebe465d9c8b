from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "arbiter.foundation"
    label = "foundation"
