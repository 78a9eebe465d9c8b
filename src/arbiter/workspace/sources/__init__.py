"""Sources of usage events: the list, making one, its snippets and key, when it was heard, what was not taken."""
