"""Nouns of accounts."""

from arbiter.accounts.models.contact import Basis, Contact, LawfulBasis
from arbiter.accounts.models.contract import Contract, Renewal
from arbiter.accounts.models.customer import Customer
from arbiter.accounts.models.retention import Retention
from arbiter.accounts.models.signal import Signal

__all__ = [
    "Basis",
    "Contact",
    "Contract",
    "Customer",
    "LawfulBasis",
    "Renewal",
    "Retention",
    "Signal",
]
