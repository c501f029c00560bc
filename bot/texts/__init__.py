"""What is written rather than coded, read from config/: languages, templates, prompts, themes."""
