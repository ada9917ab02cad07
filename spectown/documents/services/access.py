"""What every service asks first: the permission, the scope, the lock."""

from __future__ import annotations

from spectown.accounts.models import User
from spectown.accounts.permissions import Permission
from spectown.documents.models import OfficialDocument
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor


def locked(document: OfficialDocument, by: Actor, permission: Permission) -> OfficialDocument:
    """The document, locked for this change. Raises NotAllowed without permission, Refused outside the scope."""
    by.require(permission)
    seen = OfficialDocument.objects.visible_to(by).filter(pk=document.pk).exists()
    if not seen:
        raise Refused("这份公文不在您可以办理的范围内,或者不在您这一环节。")
    return OfficialDocument.objects.select_for_update().get(pk=document.pk)


def person(by: Actor) -> User:
    """The user behind an actor; a permission is never held without one."""
    return User.objects.get(pk=by.person)
