"""Every shape of file that is recognised."""

from arbiter.connectors.asknicely import shapes as asknicely
from arbiter.connectors.chargebee import shapes as chargebee
from arbiter.connectors.delighted import shapes as delighted
from arbiter.connectors.google_forms import shapes as google_forms
from arbiter.connectors.hubspot import shapes as hubspot
from arbiter.connectors.qualtrics import shapes as qualtrics
from arbiter.connectors.renewal_tracker import shapes as renewal_tracker
from arbiter.connectors.retently import shapes as retently
from arbiter.connectors.salesforce import shapes as salesforce
from arbiter.connectors.stripe import shapes as stripe
from arbiter.connectors.surveymonkey import shapes as surveymonkey
from arbiter.connectors.tables.shapes import Shape
from arbiter.connectors.typeform import shapes as typeform
from arbiter.foundation.refusals import Refusal

SHAPES: tuple[Shape, ...] = (
    *hubspot.SHAPES,
    *salesforce.SHAPES,
    *stripe.SHAPES,
    *chargebee.SHAPES,
    *delighted.SHAPES,
    *retently.SHAPES,
    *asknicely.SHAPES,
    *surveymonkey.SHAPES,
    *typeform.SHAPES,
    *qualtrics.SHAPES,
    *google_forms.SHAPES,
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
