"""The wiring: settings, URLs, the schedule, the server entry points."""
