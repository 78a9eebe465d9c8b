"""The addresses of the list of customers."""

from django.urls import path

from arbiter.workspace.customers import pages, table

urlpatterns = [
    path("customers/", pages.customers, name="customers"),
    path("customers.csv", table.download, name="customers-csv"),
]
