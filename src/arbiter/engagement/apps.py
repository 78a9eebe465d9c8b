from django.apps import AppConfig


class EngagementConfig(AppConfig):
    name = "arbiter.engagement"
    label = "engagement"
