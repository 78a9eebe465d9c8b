"""How the company itself, and the names and teams of its people, leave as workspace files."""

from arbiter.foundation import roles
from arbiter.foundation.models import Company, Person
from arbiter.foundation.outlet import Shape

COMPANY = Shape(
    file="company",
    model=Company,
    columns={
        "name": "name",
        "currency": "currency",
        "language": "language",
        "time_zone": "time_zone",
        "confirm_by_code": "confirm_by_code",
        "set_up_at": "set_up_at",
    },
    identity=(),
)

# What they may do is no part of it: that is granted where it holds.
COLLEAGUES = Shape(
    file="colleagues",
    model=Person,
    columns={"colleague_email": "email", "name": "name", "team": "team__name"},
    identity=("colleague_email",),
    optional=frozenset({"team"}),
    only={"role__in": tuple(roles.ROLES)},
)

SHAPES = (COMPANY, COLLEAGUES)
