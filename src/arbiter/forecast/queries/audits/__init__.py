"""The predictor audit: what is looked at, what came of it, and who left although all looked well.

`trusted` names the numbers, `looks` reads what each said before every decided renewal, `working` tests them,
`stored` reads the audits that were made, and `lists` names customers.
"""
