"""The door for events: it takes what clients of Segment, RudderStack and PostHog send, and answers when it is on disk."""
