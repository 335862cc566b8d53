"""Profiles that start in milliseconds."""

from profiles import clock, database, template, ws

__all__ = ["clock", "database", "template", "ws"]
