"""The measures, each computed from a picture of the company by the functions of science.

`measure` says what a measure is; the modules beside it hold the measures by what they are about, and
`arbiter.metrics.catalogue` puts them in order.
"""
