"""How workbooks name projects and posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from spectown.lists.references import Found, Reference, gather
from spectown.organisations.models import Post
from spectown.projects.lists import PROJECTS
from spectown.projects.models import Project


def _find_projects(texts: Iterable[str]) -> Found:
    wanted = set(texts)
    alive = Project.objects.alive()
    pairs = list(alive.filter(name__in=wanted).values_list("name", "pk"))
    pairs += alive.filter(code__in=wanted - {""}).values_list("code", "pk")
    numbers = [(text, pk) for text in wanted if (pk := PROJECTS.pk(text)) is not None]
    known = set(alive.filter(pk__in=[pk for _, pk in numbers]).values_list("pk", flat=True))
    return gather([*pairs, *((text, pk) for text, pk in numbers if pk in known)])


def _label_projects(pks: Iterable[int]) -> Mapping[int, str]:
    """The name; the number where several projects bear that name or where it was deleted."""
    rows = list(Project.objects.filter(pk__in=set(pks)).values_list("pk", "name", "deleted_at"))
    names = Project.objects.alive().filter(name__in={name for _, name, _ in rows}).values_list("name", flat=True)
    borne = Counter(names)
    return {pk: name if borne[name] == 1 and deleted is None else PROJECTS.number(pk) for pk, name, deleted in rows}


def _posts() -> list[tuple[int, str, str]]:
    return list(Post.objects.values_list("pk", "unit__name", "title"))


def _find_posts(texts: Iterable[str]) -> Found:
    wanted = set(texts)
    pairs = [(text, pk) for pk, unit, title in _posts() for text in (title, f"{unit}:{title}") if text in wanted]
    return gather(pairs)


def _label_posts(pks: Iterable[int]) -> Mapping[int, str]:
    """The title; with the unit before it where several units have such a post."""
    posts, wanted = _posts(), set(pks)
    borne = Counter(title for _, _, title in posts)
    return {pk: title if borne[title] == 1 else f"{unit}:{title}" for pk, unit, title in posts if pk in wanted}


PROJECT = Reference(None, _find_projects, _label_projects, "填项目名称、项目代码或编号;重名的填编号。")
POST = Reference(None, _find_posts, _label_posts, "填职务,如“县长”重名的写成“单位:职务”。")
