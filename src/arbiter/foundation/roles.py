"""Roles as code: what each may do, asked through one function."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arbiter.foundation.models import Person


class Permission(StrEnum):
    """One thing that a person may or may not do."""

    SEE_ALL_CUSTOMERS = "see_all_customers"
    EDIT_CUSTOMERS = "edit_customers"
    ASK_CUSTOMERS = "ask_customers"
    EDIT_SURVEYS = "edit_surveys"
    LOG_BELIEFS = "log_beliefs"
    RECORD_ON_BEHALF = "record_on_behalf"
    IMPORT = "import"
    EXPORT = "export"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_SETTINGS = "manage_settings"

    @property
    def description(self) -> str:
        """What the permission allows, in words for the settings page."""
        return DESCRIPTIONS[self]


DESCRIPTIONS = {
    Permission.SEE_ALL_CUSTOMERS: "see every customer, not only their own and their team's",
    Permission.EDIT_CUSTOMERS: "change customers, contacts, contracts, goals, results and touchpoints",
    Permission.ASK_CUSTOMERS: "send asks and make personal links",
    Permission.EDIT_SURVEYS: "word surveys and set when they are asked",
    Permission.LOG_BELIEFS: "log a belief about a renewal",
    Permission.RECORD_ON_BEHALF: "record what a contact said, marked as on behalf and with evidence",
    Permission.IMPORT: "import files and undo an import",
    Permission.EXPORT: "take the data out",
    Permission.MANAGE_PEOPLE: "invite colleagues and change their roles",
    Permission.MANAGE_SETTINGS: "change settings, mail and the sample company",
}


@dataclass(frozen=True)
class Role:
    """A named set of permissions."""

    name: str
    label: str
    description: str
    permissions: frozenset[Permission]


_DAILY = frozenset(
    {
        Permission.EDIT_CUSTOMERS,
        Permission.ASK_CUSTOMERS,
        Permission.LOG_BELIEFS,
        Permission.RECORD_ON_BEHALF,
        Permission.EXPORT,
    }
)
_EVERYTHING = frozenset(Permission)

ROLES = {
    role.name: role
    for role in (
        Role("owner", "Owner", "Runs this installation and may do everything.", _EVERYTHING),
        Role("admin", "Admin", "May do everything but change the owner.", _EVERYTHING),
        Role(
            "manager",
            "Manager",
            "Leads the team: sees and works on every customer, words surveys, and imports.",
            _DAILY | {Permission.SEE_ALL_CUSTOMERS, Permission.EDIT_SURVEYS, Permission.IMPORT},
        ),
        Role(
            "csm",
            "CSM",
            "Works on their own customers, their team's, and those nobody owns.",
            _DAILY,
        ),
        Role(
            "observer",
            "Observer",
            "Sees every customer and changes nothing.",
            frozenset({Permission.SEE_ALL_CUSTOMERS}),
        ),
    )
}
SYSTEM = Role("system", "Arbiter", "Jobs and imports, when no person acts.", _EVERYTHING)


def may(person: Person, permission: Permission) -> bool:
    """Say whether a person holds a permission. The one question; nothing else compares roles."""
    if person.role == SYSTEM.name:
        return True
    role = ROLES.get(person.role)
    return bool(person.is_active and role and permission in role.permissions)
