"""A belief as it is said on the page: in per cent, with a line of reason. The verb's own page takes it."""

from django import forms


class BeliefForm(forms.Form):
    """How likely do you believe the renewal to be?"""

    probability = forms.DecimalField(
        label="How likely is the renewal?", min_value=0, max_value=100, decimal_places=0
    )
    reason = forms.CharField(label="Because", required=False, max_length=500)
