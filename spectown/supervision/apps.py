"""The app of dated work."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """督办."""

    name = "spectown.supervision"
    verbose_name = "督办"

    def ready(self) -> None:
        """Make the kinds of dated work and their lists known."""
        from spectown.documents.services.receiving import FOLLOWING  # models exist only now
        from spectown.lists.derived import derives
        from spectown.lists.references import register_reference
        from spectown.lists.registry import register as register_lists
        from spectown.supervision.due import LOOKERS, OPENERS
        from spectown.supervision.keeping import keep_works
        from spectown.supervision.kinds import KINDS
        from spectown.supervision.lists import LISTS
        from spectown.supervision.models import Measure, Problem
        from spectown.supervision.notices.looking import look_due
        from spectown.supervision.notices.register import follow_receipt
        from spectown.supervision.problemkeeping import keep_problems
        from spectown.supervision.references import PROBLEM
        from spectown.supervision.registry import register
        from spectown.supervision.reporting import open_reports

        register_lists(*LISTS)
        register_reference(Problem, PROBLEM)
        FOLLOWING.append(follow_receipt)
        derives(Measure, keep_works)
        derives(Problem, keep_problems)
        OPENERS.append(open_reports)
        LOOKERS.append(look_due)
        for kind in KINDS:
            register(kind)
