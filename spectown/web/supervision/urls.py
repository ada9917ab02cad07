"""Addresses of dated work; a measure's own page is that of its list."""

from django.urls import path

from spectown.web.supervision import parts as parts  # registers the parts of the page of a measure
from spectown.web.supervision.views import deciding, measures, reports, terms, works

app_name = "supervision"

urlpatterns = [
    path("", works.works, name="works"),
    path("handover/", works.hand_over, name="hand_over"),
    path("works/<int:pk>/move/<slug:code>/", works.move, name="move"),
    path("works/<int:pk>/extension/", terms.ask, name="extension"),
    path("works/<int:pk>/extension/<int:extension>/<slug:code>/", terms.decide, name="extension_decide"),
    path("works/<int:pk>/pause/", terms.pause, name="pause"),
    path("works/<int:pk>/resume/", terms.resume, name="resume"),
    path("measures/decide/", deciding.decide, name="decide"),
    path("measures/<int:pk>/rate/", measures.rate, name="rate"),
    path("coverage/", measures.coverage_page, name="coverage"),
    path("coverage/copy/", measures.copy, name="copy"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/nothing/", reports.nothing, name="nothing"),
    path("reports/<int:pk>/back/", reports.send_back, name="send_back"),
    path("reports/<int:pk>/files/put/", reports.put, name="put"),
    path("reports/<int:pk>/files/<int:file>/", reports.file, name="file"),
    path("reports/<int:pk>/files/<int:file>/remove/", reports.remove, name="remove"),
]
