"""Pure decisions: what to publish, update, hold or ignore; and which acts a topic needs."""
