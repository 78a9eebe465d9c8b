"""What the columns that tell of words hold."""

INTENT = "intent"
"""What a customer says about continuing: the place in INTENTS."""
INTENTS = ("never_asked", "no_reply", "not_sure", "no", "yes")

DECIDER = "decider"
"""Whether who decides was heard: NOBODY_KNOWN, SILENT or HEARD."""
NOBODY_KNOWN, SILENT, HEARD = 0, 1, 2

NOT_LOOKED, NEVER_JUDGED, JUDGED, CONFIRMED = -1, 0, 1, 2
"""What stood of a customer's goals some time before a term ended."""

SEALS = "seals"
"""The table of a part above that names terms (`term`) whose customers' answers wait to be read: they were
given before our people said what they believe, and count nowhere until they have."""

LATELY = "lately"
"""The table of what people did in four weeks by the newest count: `users`, and `breadth`, the share of the named
features in use; NaN where a number is not known."""

FIRST_VALUE = "first_value"
"""The table of customers for whom a set of behaviours means first value: `at`, the moment of its first completion,
NEVER for not yet; `seen_from`, the day of the first event of anybody."""
