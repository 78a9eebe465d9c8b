"""The addresses of surveys. A survey's key may hold slashes, so that what is done with it stands behind."""

from django.urls import path

from arbiter.workspace.surveys import (
    calls,
    choosing,
    editor,
    library,
    people,
    preview,
    sending,
    wordings,
)

urlpatterns = [
    path("customers/<int:pk>/surveys/", choosing.choose, name="customer-surveys"),
    path("surveys/", library.index, name="surveys"),
    path("surveys/new/", editor.new, name="surveys-new"),
    path("surveys/<path:key>/versions/new/", editor.revise, name="surveys-version"),
    path("surveys/<path:key>/wordings/", wordings.word, name="surveys-wording"),
    path("surveys/<path:key>/preview/", preview.show, name="surveys-preview"),
    path("surveys/<path:key>/preview/mail/", preview.mail, name="surveys-mail"),
    path("surveys/<path:key>/people/", people.choose, name="surveys-people"),
    path("surveys/<path:key>/asks/", sending.create, name="surveys-asks"),
    path("surveys/<path:key>/calls/", calls.record, name="surveys-call"),
    path("surveys/<path:key>/archive/", library.archive, name="surveys-archive"),
    path("surveys/<path:key>/restoration/", library.restore, name="surveys-restoration"),
    path("surveys/<path:key>/", library.show, name="surveys-survey"),
]
