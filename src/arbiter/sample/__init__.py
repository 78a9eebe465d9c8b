"""A believable sample company, written as workspace files and imported like any other."""
