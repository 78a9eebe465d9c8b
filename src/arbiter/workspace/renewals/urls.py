"""The addresses of the renewals."""

from django.urls import path

from arbiter.workspace.renewals import pages, table

urlpatterns = [
    path("renewals/", pages.index, name="renewals"),
    path("renewals.csv", table.download, name="renewals-csv"),
]
