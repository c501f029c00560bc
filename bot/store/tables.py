"""The tables; a change here needs a step in ``bot/store/migrations.py``."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

_TIME = sa.DateTime(timezone=True)

known_issues = sa.Table(
    "jubo_known_issues",
    metadata,
    sa.Column("outlet", sa.String(16), primary_key=True),
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)

issues = sa.Table(
    "jubo_issues",
    metadata,
    sa.Column("source", sa.String(16), primary_key=True),
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)

records = sa.Table(
    "jubo_records",
    metadata,
    sa.Column("arxiv_id", sa.String(64), primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("fetched_at", _TIME, nullable=False),
)

editions = sa.Table(
    "jubo_editions",
    metadata,
    sa.Column("external_id", sa.String(50), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("created_at", _TIME, nullable=False),
)

publications = sa.Table(
    "jubo_publications",
    metadata,
    sa.Column("outlet", sa.String(16), primary_key=True),
    sa.Column("external_id", sa.String(50), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("written_at", _TIME, nullable=False),
)

translations = sa.Table(
    "jubo_translations",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("language", sa.String(16), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("written_at", _TIME, nullable=False),
)

replies = sa.Table(
    "jubo_replies",
    metadata,
    sa.Column("request", sa.String(64), primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("written_at", _TIME, nullable=False),
)

spend = sa.Table(
    "jubo_spend",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("at", _TIME, nullable=False),
    sa.Column("month", sa.String(7), nullable=False, index=True),
    sa.Column("edition", sa.String(64), nullable=False, index=True),
    sa.Column("purpose", sa.String(32), nullable=False),
    sa.Column("model", sa.String(128), nullable=False),
    sa.Column("requests", sa.Integer, nullable=False),
    sa.Column("prompt_tokens", sa.Integer, nullable=False),
    sa.Column("completion_tokens", sa.Integer, nullable=False),
    sa.Column("cached_tokens", sa.Integer, nullable=False),
    sa.Column("cost_usd", sa.Numeric(12, 6, asdecimal=True), nullable=False),
    sa.Column("settled", sa.Boolean, nullable=False),
)

notes = sa.Table(
    "jubo_notes",
    metadata,
    sa.Column("kind", sa.String(32), primary_key=True),
    sa.Column("name", sa.String(512), primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("written_at", _TIME, nullable=False),
)

executors = sa.Table(
    "jubo_executors",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("host", sa.String(255), nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("seen_at", _TIME, nullable=False),
)
