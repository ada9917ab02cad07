"""Public addresses; under public/ so that they do not stand in the way of the areas of work."""

from django.urls import path

from spectown.web.public.views import home, plan, towns

app_name = "public"

urlpatterns = [
    path("", home.home, name="home"),
    path("public/plan/", plan.plan, name="plan"),
    path("public/plan/source/", plan.source, name="source"),
    path("public/plan/clause/<path:ref>/", plan.clause, name="clause"),
    path("public/towns/", towns.towns, name="towns"),
    path("public/towns/<slug:code>/", towns.town, name="town"),
]
