"""The addresses of the audit."""

from django.urls import path

from arbiter.workspace.audit import downloads, pages, runs, signals

urlpatterns = [
    path("audit/", pages.index, name="audit"),
    path("audit/signal/", signals.show, name="audit-signal"),
    path("audit/progress/", runs.progress, name="audit-progress"),
    path("audit/runs/", runs.create, name="audit-runs"),
    path("audit/gone.csv", downloads.gone, name="audit-gone-csv"),
    path("audit.csv", downloads.table, name="audit-csv"),
    path("audit.json", downloads.objects, name="audit-json"),
]
