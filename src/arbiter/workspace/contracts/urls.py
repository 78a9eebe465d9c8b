"""The addresses of contracts."""

from django.urls import path

from arbiter.workspace.contracts import decisions, terms

urlpatterns = [
    path("customers/<int:pk>/contracts/new/", terms.add, name="contract-new"),
    path("contracts/<int:pk>/edit/", terms.edit, name="contract-edit"),
    path("contracts/<int:pk>/decision/", decisions.decide, name="decision"),
]
