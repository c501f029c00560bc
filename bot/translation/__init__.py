"""Segments, protected spans, glossary, memory match, prompts."""
