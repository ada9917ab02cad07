"""All addresses; every one has its decision in the role × URL table (tests/web/test_access.py)."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("spectown.web.account.urls")),
    path("", include("spectown.web.public.urls")),
    path("workbench/", include("spectown.web.workbench.urls")),
    path("plan/", include("spectown.web.plans.urls")),
    path("towns/", include("spectown.web.towns.urls")),
    path("lists/", include("spectown.web.lists.urls")),
    path("enterprises/", include("spectown.web.enterprises.urls")),
    path("ledgers/", include("spectown.web.ledgers.urls")),
    path("problems/", include("spectown.web.problems.urls")),
    path("projects/", include("spectown.web.projects.urls")),
    path("certification/", include("spectown.web.certification.urls")),
    path("rounds/", include("spectown.web.rounds.urls")),
    path("decisions/", include("spectown.web.deciding.urls")),
    path("experts/", include("spectown.web.experts.urls")),
    path("bundles/", include("spectown.web.bundles.urls")),
    path("documents/", include("spectown.web.documents.urls")),
    path("duties/", include("spectown.web.duties.urls")),
    path("messages/", include("spectown.web.outbox.urls")),
    path("supervision/", include("spectown.web.supervision.urls")),
    path("supervision/visits/", include("spectown.web.visits.urls")),
    path("supervision/meetings/", include("spectown.web.meetings.urls")),
    path("supervision/notices/", include("spectown.web.notices.urls")),
    path("monitoring/", include("spectown.web.monitoring.urls")),
    path("evaluation/", include("spectown.web.evaluation.urls")),
    path("jobs/", include("spectown.web.jobs.urls")),
    path("system/", include("spectown.web.system.urls")),
]

handler400 = "spectown.web.errors.bad_request"
handler403 = "spectown.web.errors.forbidden"
handler404 = "spectown.web.errors.not_found"
handler500 = "spectown.web.errors.server_error"
