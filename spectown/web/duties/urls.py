"""Addresses of 我的工作 and 办理情况."""

from django.urls import path

from spectown.web.duties.views import figures, mine

app_name = "duties"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("works/<int:pk>/", mine.work, name="work"),
    path("figures/", figures.figures, name="figures"),
    path("figures/export/", figures.export, name="export"),
    path("figures/draft/<slug:kind>/", figures.draft, name="draft"),
]
