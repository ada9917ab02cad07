"""The app of monitoring."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """监测."""

    name = "spectown.monitoring"
    verbose_name = "监测"

    def ready(self) -> None:
        """Make the sheet known as a kind of dated work, opened by the calendar."""
        from spectown.monitoring.kinds import SHEET_KIND  # models exist only now
        from spectown.monitoring.opening import open_sheets
        from spectown.monitoring.silence import look
        from spectown.supervision.due import LOOKERS, OPENERS
        from spectown.supervision.registry import register

        register(SHEET_KIND)
        OPENERS.append(open_sheets)
        LOOKERS.append(look)
