"""The addresses of imports."""

from django.urls import URLPattern, path

from arbiter.workspace.imports import (
    checks,
    mappings,
    pages,
    progress,
    rejected,
    storing,
    undoing,
    uploads,
)

urlpatterns: list[URLPattern] = [
    path("imports/", uploads.index, name="imports"),
    path("imports/<int:pk>/", pages.show, name="import"),
    path("imports/<int:pk>/mapping/", mappings.edit, name="import-mapping"),
    path("imports/<int:pk>/progress/", progress.show, name="import-progress"),
    path("imports/<int:pk>/checks/", checks.create, name="import-checks"),
    path("imports/<int:pk>/storing/", storing.create, name="import-storing"),
    path("imports/<int:pk>/undoing/", undoing.create, name="import-undoing"),
    path("imports/<int:pk>/discarding/", undoing.discard, name="import-discarding"),
    path("imports/<int:pk>/rejected/<int:number>/", rejected.download, name="import-rejected"),
]
