"""Stripe dashboard exports of customers and subscriptions."""
