"""The addresses of one customer's page."""

from django.urls import path

from arbiter.workspace.customer import data, history, people, plan, preview, renewal
from arbiter.workspace.customer import path as path_part

urlpatterns = [
    path("customers/<int:pk>/", plan.show, name="customer"),
    path("customers/<int:pk>/path/", path_part.show, name="customer-path"),
    path("customers/<int:pk>/people/", people.show, name="customer-people"),
    path("customers/<int:pk>/timeline/", history.show, name="customer-timeline"),
    path("customers/<int:pk>/renewal/", renewal.show, name="customer-renewal"),
    path("customers/<int:pk>/data/", data.show, name="customer-data"),
    path("customers/<int:pk>/preview/", preview.show, name="customer-preview"),
]
