"""Tables and migrations: issues, translation memory, publications, spend."""
