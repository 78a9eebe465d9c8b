"""The addresses of the measures."""

from django.urls import path

from arbiter.workspace.metrics import beginning, board, business, measure, overview, rates, tables

urlpatterns = [
    path("metrics/", overview.index, name="metrics"),
    path("metrics.csv", tables.board_csv, name="metrics-csv"),
    path("metrics.json", tables.board_json, name="metrics-json"),
    path("metrics/progress/", beginning.progress, name="metrics-progress"),
    path("metrics/computations/", beginning.want, name="metrics-computations"),
    path("metrics/board/", board.show, name="metrics-board"),
    path("metrics/<slug:measure>/", measure.show, name="metrics-measure"),
    path("metrics/<slug:measure>.csv", tables.measure_csv, name="metrics-measure-csv"),
    path("metrics/<slug:measure>.json", tables.measure_json, name="metrics-measure-json"),
    path("settings/rates/", rates.every, name="settings-rates"),
    path("settings/rates/<int:pk>/withdrawal/", rates.withdraw, name="settings-rate-withdrawal"),
    path("settings/business-model/", business.choose, name="settings-business-model"),
]
