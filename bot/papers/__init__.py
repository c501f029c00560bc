"""arXiv and landing pages: metadata by id, politely paced."""
