"""What customers want and whether they got it: goals, revisions, results, verdicts, awareness."""
