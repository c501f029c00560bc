"""Every durable run of jubo, so that any process that starts can take over any that died."""

from __future__ import annotations

from bot.workflow.check import check_workflow
from bot.workflow.edition import comment_workflow, edition_workflow, paper_workflow
from bot.workflow.publication import publish_workflow
from bot.workflow.redo import redo_workflow

WORKFLOWS = (
    check_workflow,
    edition_workflow,
    paper_workflow,
    comment_workflow,
    publish_workflow,
    redo_workflow,
)
"""DBOS knows a workflow once its module is imported."""
