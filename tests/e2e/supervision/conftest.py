"""Journeys of dated work make their own rows, and several people take part in each."""

from tests.e2e.rounds.conftest import base_url as base_url
from tests.e2e.rounds.conftest import visit as visit
