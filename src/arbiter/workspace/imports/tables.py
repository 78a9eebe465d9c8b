"""The columns of the tables on these pages."""

IMPORTS = (
    {"label": "File"},
    {"label": "State"},
    {"label": "Rows", "number": True},
    {"label": "By"},
    {"label": "When"},
)
MAPPING = (
    {"label": "Column"},
    {"label": "In the file"},
    {"label": "Means"},
    {"label": "Reads as"},
)
COUNTS = (
    {"label": "Rows of"},
    {"label": "Created", "number": True},
    {"label": "Updated", "number": True},
    {"label": "Unchanged", "number": True},
    {"label": "Conflict", "number": True},
    {"label": "Rejected", "number": True},
)
PROBLEMS = (
    {"label": "Where"},
    {"label": "Column"},
    {"label": "Value"},
    {"label": "Why, and what to do", "width": "wide"},
)
NEW_ROWS = (
    {"label": "Key"},
    {"label": "File"},
    {"label": "Line", "number": True},
)
