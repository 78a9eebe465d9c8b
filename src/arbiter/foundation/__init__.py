"""The ground everything stands on: people, roles, the journal, settings, mail, jobs, refusals."""
