"""The pages of the customer's people: letters and personal links. Reaches no forecast or belief."""
