"""Notices: whatever file they are, as paragraphs and tables."""
