"""The page of one customer: the three questions, the goals, the path, the people, what happened, the renewal."""
