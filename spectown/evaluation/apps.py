"""The app of the yearly evaluation."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """年度评估."""

    name = "spectown.evaluation"
    verbose_name = "年度评估"

    def ready(self) -> None:
        """Let a published result propose notices."""
        from spectown.evaluation.matters import evaluation_matters  # models exist only now
        from spectown.supervision.notices.matters import SOURCES

        SOURCES.append(evaluation_matters)
