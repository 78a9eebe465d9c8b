"""How the company itself leaves as a workspace file."""

from arbiter.foundation.models import Company
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

SHAPES = (COMPANY,)
