"""Addresses of the yearly evaluation."""

from django.urls import path

from spectown.web.evaluation.views import (
    deciding,
    entries,
    files,
    league,
    listing,
    objecting,
    playground,
    process,
    replying,
    scheme,
    schemeparts,
    schemes,
    schemetree,
    schemetrial,
    schemeweights,
    town,
)

app_name = "evaluation"

urlpatterns = [
    path("", listing.evaluations, name="list"),
    path("begin/", listing.begin, name="begin"),
    path("schemes/", schemes.all_schemes, name="schemes"),
    path("schemes/start/", schemes.start, name="scheme_start"),
    path("schemes/keep/<int:year>/", schemes.keep, name="scheme_keep"),
    path("schemes/<int:pk>/", schemes.draft, name="draft"),
    path("schemes/<int:pk>/move/<slug:code>/", schemes.move, name="draft_move"),
    path("schemes/<int:pk>/trial/", schemetrial.trial, name="draft_trial"),
    path("schemes/<int:pk>/part/<slug:name>/", schemeparts.part, name="draft_part"),
    path("schemes/<int:pk>/add/<slug:kind>/<str:code>/", schemetree.add, name="draft_add"),
    path("schemes/<int:pk>/node/<str:code>/", schemetree.node, name="draft_node"),
    path("schemes/<int:pk>/node/<str:code>/remove/", schemetree.remove, name="draft_remove"),
    path("schemes/<int:pk>/node/<str:code>/weights/", schemeweights.weights, name="draft_weights"),
    path("schemes/<int:pk>/node/<str:code>/pairs/", schemeweights.pairs, name="draft_pairs"),
    path("<int:year>/", process.process, name="process"),
    path("<int:year>/move/<slug:code>/", process.move, name="move"),
    path("<int:year>/scheme/", scheme.scheme, name="scheme"),
    path("<int:year>/scheme/adopt/", schemes.adopt, name="adopt"),
    path("<int:year>/entries/", entries.entries, name="entries"),
    path("<int:year>/entries/<int:pk>/strike/", entries.strike, name="strike"),
    path("<int:year>/league/", league.league, name="league"),
    path("<int:year>/trend/", league.trend, name="trend"),
    path("<int:year>/towns/<slug:code>/", town.town, name="town"),
    path("<int:year>/replies/", replying.replies, name="replies"),
    path("<int:year>/replies/confirm/", objecting.confirm, name="confirm"),
    path("<int:year>/replies/<int:pk>/move/<slug:code>/", replying.move, name="reply_move"),
    path("<int:year>/replies/<int:pk>/file/", replying.file, name="reply_file"),
    path("<int:year>/values/<int:pk>/", objecting.object_to, name="object"),
    path("<int:year>/decisions/", deciding.decisions, name="decisions"),
    path("<int:year>/playground/", playground.playground, name="playground"),
    path("<int:year>/package/", files.package, name="package"),
    path("<int:year>/export/", files.export, name="export"),
]
