from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "arbiter.outcomes"
    label = "outcomes"
