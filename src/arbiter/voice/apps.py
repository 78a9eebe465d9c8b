from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "arbiter.voice"
    label = "voice"
