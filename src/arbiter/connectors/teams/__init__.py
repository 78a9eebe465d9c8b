"""Microsoft Teams: a workflow's webhook takes the digest as an Adaptive Card."""
