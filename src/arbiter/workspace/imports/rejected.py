"""The rejected rows of an import as a file: the columns they came in, the line and the reason."""

from django.http import FileResponse, Http404, HttpResponse

from arbiter.connectors.workspace_files import imports
from arbiter.foundation.roles import Permission
from arbiter.workspace.access import SignedInRequest, open_to_colleagues
from arbiter.workspace.imports.doors import import_or_404


@open_to_colleagues("GET", needs=Permission.IMPORT)
def download(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    files = imports.rejected_files(import_or_404(pk))
    if number >= len(files):
        raise Http404("There is no such file of rejected rows.")
    return FileResponse(  # type: ignore[return-value]  # streamed, which the rule of a view allows
        files[number].open("rb"),
        as_attachment=True,
        filename=files[number].name,
        content_type="text/csv; charset=utf-8",
    )
