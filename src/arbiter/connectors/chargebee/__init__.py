"""Chargebee exports of subscriptions, their headers written as `object.field`."""
