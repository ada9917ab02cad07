"""Settings of benchmarks/list_pages.py: the product's own with the two addresses that it compares with."""

from config.settings import *  # noqa: F403  # the way settings are extended

ROOT_URLCONF = "benchmarks.list_plain"
