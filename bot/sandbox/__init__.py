"""The embedded forum, the recorded model and the sample week (demo, tests)."""
