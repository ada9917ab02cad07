"""Codes of official documents."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where a document stands; the moves are in documents.workflow."""

    DRAFT = "draft", "起草"
    RETURNED = "returned", "退回修改"
    CHECKING = "checking", "送审"
    SIGNING = "signing", "待签发"
    ISSUED = "issued", "已印发"
    REPLACED = "replaced", "已被替代"
    VOIDED = "voided", "作废"


class Replacement(TextChoices):
    """What a document does to the one it replaces."""

    CORRECTION = "correction", "更正"
    REPEAL = "repeal", "废止"


class TemplateState(TextChoices):
    """Where an own template stands."""

    DRAFT = "draft", "草稿"
    ACTIVE = "active", "在用"
    RETIRED = "retired", "停用"


class FileForm(TextChoices):
    """The files of an issued document; of an own template without LibreOffice only the first."""

    DOCX = "docx", "Word 文档"
    PDF = "pdf", "PDF"


class Addressing(TextChoices):
    """Who receives the documents of a batch in the system."""

    NOBODY = "nobody", "不在系统中签收"
    TARGET = "target", "所选的单位"
    UNIT = "unit", "每行的责任单位"
    TERRITORY = "territory", "每行属地的县(区)政府、开发区管委会"
