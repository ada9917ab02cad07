"""Addresses of 专家评审: the office's pool, panels and progress; the experts' own cases and sheets."""

from django.urls import path

from spectown.web.experts.views import files, mine, panel, pool, progress, scoring, visits

app_name = "experts"

urlpatterns = [
    path("", pool.expert_list, name="list"),
    path("new/", pool.create, name="create"),
    path("<int:pk>/", pool.edit, name="edit"),
    path("<int:pk>/out/", pool.take_out, name="take_out"),
    path("<int:pk>/back/", pool.bring_back, name="bring_back"),
    path("cases/<int:pk>/", panel.panel, name="panel"),
    path("cases/<int:pk>/draw/", panel.draw, name="draw"),
    path("cases/<int:pk>/pick/", panel.pick, name="pick"),
    path("cases/<int:pk>/release/<int:seat>/", panel.release, name="release"),
    path("cases/<int:pk>/reopen/<int:seat>/", panel.reopen, name="reopen"),
    path("cases/<int:pk>/visit/<slug:answer>/", visits.plan, name="visit"),
    path("cases/<int:pk>/notes/", visits.case_note, name="case_note"),
    path("cases/<int:pk>/notes/<int:file>/", files.case_note_file, name="case_note_file"),
    path("rounds/", progress.rounds, name="rounds"),
    path("rounds/<int:pk>/", progress.progress, name="progress"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<int:pk>/", scoring.seat_page, name="seat"),
    path("mine/<int:pk>/declare/", mine.declare, name="declare"),
    path("mine/<int:pk>/recuse/", mine.recuse, name="recuse"),
    path("mine/<int:pk>/confirm/", scoring.confirm, name="confirm"),
    path("mine/<int:pk>/notes/", visits.note, name="note"),
    path("mine/<int:pk>/sheet/", files.sheet, name="sheet"),
    path("mine/<int:pk>/files/<slug:kind>/<int:file>/", files.file, name="file"),
]
