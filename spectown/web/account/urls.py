"""Account addresses: of allauth only what is needed, under its own names; ours in the namespace `account`."""

from allauth.account import views as allauth
from django.urls import include, path

from spectown.web.account import views

own = [
    path("", views.overview, name="overview"),
    path("switch/", views.switch, name="switch"),
]

urlpatterns = [
    path("", include((own, "account"))),
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
