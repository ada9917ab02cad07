"""Pages of special inspections (专项检查) and research visits (调研)."""
