"""かさなり: people and companies that are there twice, beside each other, and made one."""

from soloflow.ui.pages.duplicates.page import DuplicatesPage

__all__ = ["DuplicatesPage"]
