"""The forum's Markdown: how it is cooked, and how outside text is kept from acting in it."""
