"""What templates can say, by kind. `templatetags/ui.py` gathers it into the one library."""
