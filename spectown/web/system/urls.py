"""Addresses of the system area."""

from django.urls import path

from spectown.web.gallery.views import gallery
from spectown.web.system.views import accounts, audit, roles, users

app_name = "system"

urlpatterns = [
    path("users/", users.user_list, name="users"),
    path("users/new/", accounts.user_create, name="user_create"),
    path("users/<int:pk>/", users.user, name="user"),
    path("users/<int:pk>/disable/", accounts.user_disable, name="user_disable"),
    path("users/<int:pk>/enable/", accounts.user_enable, name="user_enable"),
    path("users/<int:pk>/unlock/", accounts.user_unlock, name="user_unlock"),
    path("users/<int:pk>/password/", accounts.user_password, name="user_password"),
    path("users/<int:pk>/second-factor/", accounts.user_factor, name="user_factor"),
    path("users/<int:pk>/roles/", roles.role_grant, name="role_grant"),
    path("roles/<int:pk>/revoke/", roles.role_revoke, name="role_revoke"),
    path("audit/", audit.event_list, name="audit"),
    path("audit/<int:seq>/", audit.event, name="event"),
    path("audit/verify/", audit.verify, name="audit_verify"),
    path("audit/verified/<int:pk>/", audit.verified, name="audit_verified"),
    path("gallery/", gallery, name="gallery"),
]
