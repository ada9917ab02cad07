"""Error pages: what happened and what to do, in the frame of the product."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from spectown.organisations.actors import NotAllowed


def _error(request: HttpRequest, status: int, title: str, what: str, todo: str) -> HttpResponse:
    context = {"title": title, "what": what, "todo": todo, "crumbs": [], "status": status}
    return render(request, "errors/error.html", context, status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _error(
        request, 400, "请求无法识别", "浏览器送来的内容不完整或格式不对。", "请返回上一页,刷新后重新填写并提交。"
    )


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; a NotAllowed says which permission is missing."""
    what = str(exception) if isinstance(exception, NotAllowed) else "当前角色不能打开此页或执行此操作。"
    todo = "如果您兼任其他角色,请在右上角切换后再试;确需此权限的,请与本单位联络员或市工信局系统管理员联系。"
    return _error(request, 403, "没有权限", what, todo)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, also for what belongs to others."""
    what = "网址有误,或者该内容已撤下,或者不属于您的单位。"
    return _error(request, 404, "没有找到", what, "请核对网址,或从导航重新进入。")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: asks neither database nor session, since they may be what is broken."""
    return render(None, "errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 where the form's token is missing or old."""
    what = "页面停留时间过长,或在别的窗口重新登录过,本次提交没有保存。"
    return _error(request, 403, "页面已过期", what, "请返回上一页,刷新后重新提交;如浏览器禁用了 Cookie,请先允许。")
