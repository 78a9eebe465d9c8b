from django.apps import AppConfig


class UsageConfig(AppConfig):
    name = "arbiter.usage"
    label = "usage"
