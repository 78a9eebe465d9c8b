"""The backtest: what would have been forecast of every decided renewal, from what was known then, and how good it was.

`origins` says when the model would have learnt, `replay` makes the forecasts of each time, `scoring` judges them,
`working` puts the report together and `stored` reads those that were kept.
"""
