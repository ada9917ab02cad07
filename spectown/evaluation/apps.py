"""The app."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Yearly evaluation."""

    name = "spectown.evaluation"
    verbose_name = "年度评估"
