from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "arbiter.portal"
    label = "portal"
