from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "arbiter.voice"
    label = "voice"

    def ready(self) -> None:
        """An answer is never edited; its words may be erased, its meaning may not be changed."""
        from arbiter.foundation import guards

        guards.protect(
            guards.Guard(
                "voice_answer",
                columns=("contact_id", "kind", "at", "recorded_at", "value", "scale"),
                deletable=True,
            )
        )
