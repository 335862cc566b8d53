"""取り込みの確認: a file before anything of it is written."""

from soloflow.ui.pages.import_preview.page import ImportPage

__all__ = ["ImportPage"]
