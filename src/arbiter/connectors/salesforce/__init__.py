"""Salesforce exports: the data export with API names, and reports with labels and a footer."""
