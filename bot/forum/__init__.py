"""Discourse through pydiscourse: find, create, edit, upload."""
