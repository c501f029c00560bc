"""Text to values: headings, pages, feeds, Atom, forum JSON, replies."""
