"""Addresses of the area 认定: rounds and cases here, one line each."""

from django.urls import path

from spectown.web.rounds.views import (
    cases,
    checking,
    entering,
    listing,
    materials,
    notes,
    papers,
    printing,
    rounds,
    rules,
    whatif,
)

app_name = "rounds"

urlpatterns = [
    path("", listing.round_list, name="list"),
    path("new/", rules.create, name="create"),
    path("<int:pk>/", rounds.round_page, name="round"),
    path("<int:pk>/move/<slug:code>/", rounds.round_move, name="round_move"),
    path("<int:pk>/rules/", rules.rules, name="rules"),
    path("<int:pk>/whatif/", whatif.whatif, name="whatif"),
    path("<int:pk>/late/", rounds.allow_late, name="late"),
    path("<int:pk>/notice/", papers.notice, name="notice"),
    path("<int:pk>/enter/", entering.enter, name="enter"),
    path("cases/<int:pk>/", cases.case_page, name="case"),
    path("cases/<int:pk>/move/<slug:code>/", cases.case_move, name="case_move"),
    path("cases/<int:pk>/rules/", cases.case_rules, name="case_rules"),
    path("cases/<int:pk>/put/<slug:item>/", materials.put, name="put"),
    path("cases/<int:pk>/files/<int:file>/", materials.material, name="material"),
    path("cases/<int:pk>/answer/", materials.answer, name="answer"),
    path("cases/<int:pk>/notes/", notes.note, name="note"),
    path("cases/<int:pk>/check/", checking.check, name="check"),
    path("cases/<int:pk>/check/fields/", checking.check_fields, name="check_fields"),
    path("cases/<int:pk>/versions/<int:number>/print/", printing.make_print, name="print"),
    path("cases/<int:pk>/versions/<int:number>/file/", printing.print_file, name="print_file"),
    path("cases/<int:pk>/scans/", printing.put_scan, name="put_scan"),
    path("cases/<int:pk>/scans/<int:file>/", printing.scan, name="scan"),
    path("cases/<int:pk>/papers/<int:due>/", papers.draft, name="draft"),
]
