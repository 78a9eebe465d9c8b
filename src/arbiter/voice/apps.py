from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "arbiter.voice"
    label = "voice"

    def ready(self) -> None:
        """An answer is never edited: its words may be erased, its meaning may not be changed.

        Letters tell by the journal when they were handed over, and answers that there are words to be taken in.
        """
        from arbiter.foundation import guards, journal
        from arbiter.voice.actions import asks, erasing, feedback, keeping

        guards.protect(
            guards.Guard(
                "voice_answer",
                columns=(
                    "contact_id",
                    "kind",
                    "at",
                    "recorded_at",
                    "value",
                    "scale",
                    "version_id",
                    "language",
                ),
                deletable=True,
            )
        )
        journal.listen(asks.note_delivery)
        journal.listen(feedback.hear)
        journal.listen(erasing.hear)
        keeping.register()
