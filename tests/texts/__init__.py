"""What is written rather than coded, read from files."""
