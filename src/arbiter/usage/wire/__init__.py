"""The wire: what bodies of requests say in the dialects of Segment, RudderStack and PostHog."""
