"""What several benchmarks need: a database of their own, a company in it, and pages beside bare views of them."""
