"""How Google Forms exports are recognised and what their rows mean.

The first column is the moment, in the form of the form's country; the others are called as the questions read.
"""

from arbiter.connectors.tables.shapes import Shape, any_of, named
from arbiter.connectors.tables.survey_headers import meaning

RESPONSES = Shape(
    key="google_forms.responses",
    label="Google Forms responses",
    required=(
        any_of("Timestamp", "Zeitstempel", "Horodateur", "Marca temporal"),
        any_of(
            "Email Address",
            "Username",
            "Email",
            "E-Mail-Adresse",
            "Adresse e-mail",
            "Dirección de correo electrónico",
        ),
    ),
    hints=any_of(
        "Score",
    ),
    fields=named(
        answers__at="Timestamp|Zeitstempel|Horodateur|Marca temporal",
        contacts__email="Email Address|Username|Email|E-Mail-Adresse|Adresse e-mail|Dirección de correo electrónico",
    ),
    order=5,
    id_prefix="google_forms",
    certainty=0.85,
    leftovers=meaning,
)
SHAPES = (RESPONSES,)
