"""The addresses of reading answers."""

from django.urls import path

from arbiter.workspace.responses import comments, names, overview, voice

urlpatterns = [
    path("responses/", overview.index, name="responses"),
    path("responses/asks/", names.of_asks, name="responses-asks"),
    path("responses/customers/", names.of_customers, name="responses-customers"),
    path("comments/", comments.index, name="responses-comments"),
    path("customers/<int:pk>/voice/", voice.show, name="customer-voice"),
]
