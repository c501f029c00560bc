"""jubo: the week's AI papers, brought to a community in its own language."""

__version__ = "0.1.0"
