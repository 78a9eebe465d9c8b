"""Every shape of file that is recognised."""

from arbiter.connectors.chargebee import shapes as chargebee
from arbiter.connectors.hubspot import shapes as hubspot
from arbiter.connectors.renewal_tracker import shapes as renewal_tracker
from arbiter.connectors.salesforce import shapes as salesforce
from arbiter.connectors.stripe import shapes as stripe
from arbiter.connectors.tables.shapes import Shape
from arbiter.foundation.refusals import Refusal

SHAPES: tuple[Shape, ...] = (
    *hubspot.SHAPES,
    *salesforce.SHAPES,
    *stripe.SHAPES,
    *chargebee.SHAPES,
    *renewal_tracker.SHAPES,
)
_BY_KEY = {shape.key: shape for shape in SHAPES}


def shape_of(key: str) -> Shape:
    """The shape of a key.

    Raises:
        Refusal: there is none of that key.
    """
    if key not in _BY_KEY:
        raise Refusal(f"No kind of file is called {key!r}. Choose one of the list.", field="shape")
    return _BY_KEY[key]


def is_known(key: str) -> bool:
    return key in _BY_KEY
