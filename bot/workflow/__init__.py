"""Durable steps (DBOS), each safe to repeat."""
