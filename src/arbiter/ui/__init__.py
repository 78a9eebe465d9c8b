"""How everything looks: base page, components, tokens, charts. Knows nothing of customers."""
