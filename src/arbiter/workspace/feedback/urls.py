"""The addresses of feedback."""

from django.urls import path

from arbiter.workspace.feedback import inbox, piece, receipt, themes

urlpatterns = [
    path("feedback/", inbox.index, name="feedback"),
    path("feedback/<int:pk>/", piece.show, name="feedback-piece"),
    path("feedback/<int:pk>/assignment/", piece.assign, name="feedback-assignment"),
    path("feedback/<int:pk>/status/", piece.move, name="feedback-status"),
    path("feedback/<int:pk>/relation/", piece.relate, name="feedback-relation"),
    path("feedback/<int:pk>/sorting/", piece.sort, name="feedback-sorting"),
    path("feedback/<int:pk>/replies/", piece.reply, name="feedback-replies"),
    path("customers/<int:pk>/feedback/new/", receipt.write_down, name="customer-feedback-new"),
    path("feedback/themes/", themes.index, name="feedback-themes"),
    path("feedback/proposals/", themes.proposals, name="feedback-proposals"),
    path("feedback/suggestions/", themes.suggest, name="feedback-suggestions"),
    path("feedback/themes/<int:pk>/", themes.one, name="feedback-theme"),
    path(
        "feedback/themes/<int:pk>/description/", themes.describe, name="feedback-theme-description"
    ),
    path("feedback/themes/<int:pk>/change/", themes.change, name="feedback-theme-change"),
    path("feedback/themes/<int:pk>/members/", themes.decide, name="feedback-theme-members"),
    path("feedback/themes/<int:pk>/replies/", themes.tell, name="feedback-theme-replies"),
]
