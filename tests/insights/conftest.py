"""Profiles that start in milliseconds, for the figures of the user's own log."""

from profiles import clock, database, template, ws

__all__ = ["clock", "database", "template", "ws"]
