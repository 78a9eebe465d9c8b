"""What we make of it: beliefs, forecasts, and where each customer stands."""
