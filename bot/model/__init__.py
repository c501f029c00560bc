"""Frozen values that every other part speaks in; no behaviour beyond what a value knows."""
