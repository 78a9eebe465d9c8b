"""Nouns of accounts."""

from arbiter.accounts.models.contact import Contact
from arbiter.accounts.models.contract import Contract, Renewal
from arbiter.accounts.models.customer import Customer
from arbiter.accounts.models.signal import Signal

__all__ = ["Contact", "Contract", "Customer", "Renewal", "Signal"]
