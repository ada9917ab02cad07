"""Codes of projects and leads; the labels are what people see. Stages are those of core.projects.stages."""

from __future__ import annotations

from django.db.models import TextChoices


class Stage(TextChoices):
    """How far a project is; 三个一批 (签约, 开工, 投产) is a view of this longer way (方案 三(四))."""

    IDEA = "idea", "谋划"
    RESERVED = "reserved", "储备"
    SIGNED = "signed", "签约"
    LANDED = "landed", "落地"
    STARTED = "started", "开工"
    PRODUCING = "producing", "投产"
    FULL = "full", "达效"


class Course(TextChoices):
    """Whether it goes on; the stage stays the one it reached."""

    ACTIVE = "active", "正常推进"
    PAUSED = "paused", "暂停"
    ENDED = "ended", "终止"


class Category(TextChoices):
    """Two kinds of key projects that the plan names (三(四))."""

    FLAGSHIP = "flagship", "标志性引领性"
    SHORTFALL = "shortfall", "补短板强弱项"
    OTHER = "other", "其他"


class Support(TextChoices):
    """Where one need (land, energy, environment, finance) stands; empty = not reported."""

    NONE = "none", "无需求"
    OPEN = "open", "未落实"
    MET = "met", "已落实"


class Channel(TextChoices):
    """Ways of attracting investment in the plan's order (三(八))."""

    PROFESSIONAL = "professional", "专业招商"
    ASSOCIATION = "association", "协会招商"
    AGENCY = "agency", "中介招商"
    CHAIN = "chain", "产业链招商"
    BUSINESS = "business", "以商招商"
    FESTIVAL = "festival", "节会招商"
    CLOUD = "cloud", "云招商"


class Region(TextChoices):
    """Where the firm comes from; the three regions whose industries the plan wants to receive (三(八))."""

    JINGJINJI = "jingjinji", "京津冀"
    YANGTZE = "yangtze", "长三角"
    BAY = "bay", "粤港澳大湾区"
    OTHER = "other", "其他"


class ProjectLight(TextChoices):
    """The worst light of a project (core.projects.lights.Level), worst first."""

    RED = "red", "红灯"
    YELLOW = "yellow", "黄灯"
    GREY = "grey", "灰灯"
    GREEN = "green", "绿灯"
    NONE = "none", "不亮灯"


class LeadField(TextChoices):
    """Fields in which the plan wants investment (三(八))."""

    NEW = "new", "新动能培育"
    UPGRADE = "upgrade", "传统产业升级"
    CHAIN = "chain", "延链补链强链"
    OTHER = "other", "其他"


class LeadStage(TextChoices):
    """How far the talks are."""

    TALKING = "talking", "跟踪洽谈"
    FRAMEWORK = "framework", "框架协议"
    CONTRACT = "contract", "正式合同"
    LANDED = "landed", "落地"
    ENDED = "ended", "终止"
