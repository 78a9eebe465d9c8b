"""The addresses of the surprise ledger."""

from django.urls import path

from arbiter.workspace.surprises import bars, files, ledger, looking_up, months, post_mortems

urlpatterns = [
    path("surprises/", ledger.index, name="surprises"),
    path("surprises/progress/", looking_up.show, name="surprises-progress"),
    path("surprises/months/", months.index, name="surprises-months"),
    path("surprises/reviews/", months.review, name="surprises-review"),
    path("surprises/safe/", bars.set_bar, name="surprises-bar"),
    path("surprises/<int:pk>/", files.show, name="surprises-file"),
    path("surprises/<int:pk>/post-mortem/", post_mortems.record, name="surprises-post-mortem"),
]
