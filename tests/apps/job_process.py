"""A worker as a process of its own, on the database of the tests: `python -m tests.apps.job_process [--once]`."""

import sys

from config.manage import main

if __name__ == "__main__":
    from django import setup  # after the environment of the test is read

    setup()
    from tests.apps import job_kinds  # noqa: F401  # the kinds of the tests

    sys.argv = ["spectown", "worker", *sys.argv[1:]]
    main()
