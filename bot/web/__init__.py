"""Pages for people: the preview."""
