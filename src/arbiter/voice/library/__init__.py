"""The questions that Arbiter brings along, and their words in six languages. Data only: nothing here is stored.

A survey is stored the first time somebody uses it (`voice.actions.surveys`). `letter` gives the words around a question in
the mail that asks it.
"""

from arbiter.voice.library.catalogue import LANGUAGES, RIGHT_TO_LEFT, definition, letter, words
from arbiter.voice.library.definitions import BUILT_IN, Definition

__all__ = ["BUILT_IN", "LANGUAGES", "RIGHT_TO_LEFT", "Definition", "definition", "letter", "words"]
