"""How a workspace file becomes what the company is called, counts in and speaks."""

from arbiter.foundation.intake import Intake
from arbiter.foundation.queries.company_outlet import COMPANY
from arbiter.foundation.roles import Permission

INTAKES = (Intake(COMPANY, demands=Permission.MANAGE_SETTINGS),)
