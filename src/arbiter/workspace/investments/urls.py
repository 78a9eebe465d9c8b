"""The addresses of investments."""

from django.urls import path

from arbiter.workspace.investments import statements, withdrawals

urlpatterns = [
    path("customers/<int:pk>/investments/new/", statements.state, name="investment-new"),
    path("investments/<int:pk>/withdrawal/", withdrawals.withdraw, name="investment-withdrawal"),
]
