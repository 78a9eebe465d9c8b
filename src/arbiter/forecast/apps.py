from django.apps import AppConfig


class ForecastConfig(AppConfig):
    name = "arbiter.forecast"
    label = "forecast"
