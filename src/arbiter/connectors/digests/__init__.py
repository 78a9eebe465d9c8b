"""The daily digest of changes on its way out: by mail, to Slack, to Teams."""
