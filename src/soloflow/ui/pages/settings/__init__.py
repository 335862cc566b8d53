"""設定: who the user is, how the window looks, and everything about the data."""

from soloflow.ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
