"""Addresses of decision, publicity, objections, titles."""

from django.urls import path

from spectown.web.deciding.views import cases, objections, publicity, rechecks, recommendations, table, titles

app_name = "deciding"

urlpatterns = [
    path("rounds/<int:pk>/", table.table, name="table"),
    path("rounds/<int:pk>/publicity/", publicity.publicity, name="publicity"),
    path("rounds/<int:pk>/recommendation/", recommendations.recommendation, name="recommendation"),
    path("rounds/<int:pk>/package/", recommendations.make_package, name="package_make"),
    path("rounds/<int:pk>/package/<int:file>/", recommendations.package, name="package"),
    path("rounds/<int:pk>/recheck/", rechecks.recheck, name="recheck"),
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/rule/", cases.rule, name="case_rule"),
    path("cases/<int:pk>/propose/", cases.propose, name="case_propose"),
    path("cases/<int:pk>/decide/", cases.decide, name="case_decide"),
    path("objections/", objections.listing, name="objections"),
    path("objections/<int:pk>/", objections.objection, name="objection"),
    path("objections/<int:pk>/<slug:code>/", objections.move, name="objection_move"),
    path("objections/<int:pk>/files/<int:file>/", objections.evidence, name="evidence"),
    path("titles/", titles.titles, name="titles"),
    path("titles/adopt/", titles.adopt, name="adopt"),
    path("titles/<int:pk>/", titles.title, name="title"),
    path("titles/<int:pk>/plaque/", titles.plaque, name="plaque"),
    path("titles/<int:pk>/<slug:code>/", titles.move, name="title_move"),
]
