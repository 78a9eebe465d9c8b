"""Pages about usage: what is adopted, which sets are done, who is active without result, and the events themselves."""
