"""The audit: which of the numbers a company trusts told who would leave, and who left although all looked well."""
