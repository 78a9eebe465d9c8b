"""The model page: what the forecasts rest on, how much of it is the company's own, and how good they have been."""
