"""The settings: the company, its people, its mail, its base rate, its kinds of goals, the sample company."""
