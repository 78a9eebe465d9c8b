"""The pages of the vendor's own people."""
