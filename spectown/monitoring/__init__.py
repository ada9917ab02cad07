"""Monitoring (监测): indicators, report forms, sheets, values and who certified them."""
