"""Messages to a reply and the tokens spent, whoever the vendor."""
