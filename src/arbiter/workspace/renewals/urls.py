"""The addresses of the renewals."""

from django.urls import path

from arbiter.workspace.renewals import calendar, pages, table

urlpatterns = [
    path("renewals/", pages.index, name="renewals"),
    path("renewals.csv", table.download, name="renewals-csv"),
    path("renewals.ics", calendar.download, name="renewals-ics"),
]
