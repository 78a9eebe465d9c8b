"""Settings of the widget: which pages may ask, the secret, and what to paste into the product."""
