"""The inbox of feedback, and its themes: what customers say, who sees to it, and what they were told."""
