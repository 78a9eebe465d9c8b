"""What can be foreseen to be refused, with a sentence fit to show to the person who asked."""


class Refusal(Exception):
    """A request that cannot be granted. Its text is a whole sentence that names the remedy.

    Each face turns it into its own form in one place: a field error, a flash message, an exit code.
    `field` names the input it is about, when there is one.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
