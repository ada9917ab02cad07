"""Public addresses; under public/ so that they do not stand in the way of the areas of work."""

from django.urls import path

from spectown.web.evaluation import keys as keys  # registers the converter of the addresses
from spectown.web.public.views import evaluation, home, plan, publicity, samples, towns

app_name = "public"

urlpatterns = [
    path("", home.home, name="home"),
    path("public/plan/", plan.plan, name="plan"),
    path("public/plan/source/", plan.source, name="source"),
    path("public/plan/clause/<path:ref>/", plan.clause, name="clause"),
    path("public/publicity/", publicity.publicities, name="publicities"),
    path("public/publicity/<int:pk>/", publicity.publicity, name="publicity"),
    path("public/publicity/objections/", publicity.objection_state, name="objection_state"),
    path("public/publicity/entries/<int:pk>/objection/", publicity.objection, name="objection"),
    path("public/evaluations/<evaluation_key:key>/", evaluation.evaluation, name="evaluation"),
    path("public/evaluations/<evaluation_key:key>/package/", evaluation.package, name="evaluation_package"),
    path("public/samples/<int:pk>/", samples.sample, name="sample"),
    path("public/towns/", towns.towns, name="towns"),
    path("public/towns/<slug:code>/", towns.town, name="town"),
]
