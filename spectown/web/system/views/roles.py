"""What the security administrator does with roles."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from spectown.accounts.models import User
from spectown.accounts.permissions import Permission, Role
from spectown.lib.refusal import Refused
from spectown.organisations.models import Membership
from spectown.organisations.services import grant, revoke
from spectown.web.http import Request, needs
from spectown.web.system.forms import GrantForm
from spectown.web.system.views.users import user_page


@require_POST
@needs(Permission.ROLE_CHANGE)
def role_grant(request: Request, pk: int) -> HttpResponse:
    """Give a role; a refusal comes back with what was chosen."""
    person, form = get_object_or_404(User, pk=pk), GrantForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        role = Role(data["role"])
        try:
            grant(user=person, unit=data["unit"], role=role, since=data["since"], by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已授予{person.name}“{role.label}”({data['unit']})。")
            return redirect("system:user", pk=pk)
    return user_page(request, person, grant=form, status=422)


@require_POST
@needs(Permission.ROLE_CHANGE)
def role_revoke(request: Request, pk: int) -> HttpResponse:
    """Take a role back."""
    membership = get_object_or_404(Membership.objects.select_related("user", "unit"), pk=pk)
    try:
        revoke(membership=membership, by=request.actor, reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已收回{membership.user.name}的“{membership.get_role_display()}”。")
    return redirect("system:user", pk=membership.user_id)
