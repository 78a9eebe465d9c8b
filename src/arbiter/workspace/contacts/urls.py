"""The addresses of contacts."""

from django.urls import path

from arbiter.workspace.contacts import departures, details, erasures, privacy, subscriptions

urlpatterns = [
    path("customers/<int:pk>/contacts/new/", details.add, name="contact-new"),
    path("contacts/<int:pk>/edit/", details.edit, name="contact-edit"),
    path("contacts/<int:pk>/departure/", departures.departure, name="contact-departure"),
    path(
        "contacts/<int:pk>/subscription/", subscriptions.subscription, name="contact-subscription"
    ),
    path("contacts/<int:pk>/privacy/", privacy.privacy, name="contact-privacy"),
    path("contacts/<int:pk>/export/", privacy.export, name="contact-export"),
    path("contacts/<int:pk>/erasure/", erasures.erasure, name="contact-erasure"),
]
