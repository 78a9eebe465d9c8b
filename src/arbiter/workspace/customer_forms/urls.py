"""The addresses of what is written about a customer."""

from django.urls import path

from arbiter.workspace.customer_forms import archive, details, handoffs

urlpatterns = [
    path("customers/new/", details.add, name="customer-new"),
    path("customers/<int:pk>/edit/", details.edit, name="customer-edit"),
    path("customers/<int:pk>/handoff/", handoffs.edit, name="customer-handoff"),
    path("customers/<int:pk>/archive/", archive.archive, name="customer-archive"),
]
