"""The addresses of asking."""

from django.urls import path

from arbiter.workspace.asks import calls, choice, follow_ups, letters, links, preview, queue, table

urlpatterns = [
    path("asks/", queue.index, name="asks"),
    path("asks/new/", choice.show, name="asks-new"),
    path("asks/preview/", preview.show, name="asks-preview"),
    path("asks/preview/<int:contact_pk>/letter/", preview.letter, name="asks-letter"),
    path("asks/letters/", letters.create, name="asks-letters"),
    path("asks/links/", links.index, name="asks-links"),
    path("asks/links/new/", links.create, name="asks-links-new"),
    path("asks/links.csv", table.download, name="asks-links-csv"),
    path("links/<int:pk>/revocation/", links.revoke, name="link-revocation"),
    path("customers/<int:pk>/answers/", calls.record, name="customer-answers"),
    path("answers/<int:pk>/follow-ups/", follow_ups.create, name="answer-follow-ups"),
    path("follow-ups/<int:pk>/closing/", follow_ups.close, name="follow-up-closing"),
]
