"""Whose language a customer's person is written to in."""

# Of the contact, of their customer, of the company, and the one that it then is.
WHOSE_LANGUAGE = [
    ("de", "fr", "es", "de"),
    ("", "fr", "es", "fr"),
    ("", "", "ja", "ja"),
    ("tlh", "", "ar", "ar"),
    ("pt", "it", "", "en"),
    ("de-AT", "", "", "de"),
    ("EN-US", "", "", "en"),
]
