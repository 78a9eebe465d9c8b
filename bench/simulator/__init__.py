"""A simulator of vendors: customers who want something, get it or not, know it or not, and say so or not.

`vendor` draws how things come about, `lives` lets customers live, `telling` turns that into dated facts,
`observed` looks at facts as of a day, `files` writes them as workspace files, `oracle` learns the best that
anybody could know, and `trial` puts together what a forecaster is judged by. See docs/method/simulator.md.
"""
