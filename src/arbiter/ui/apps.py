from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "arbiter.ui"
    label = "ui"
