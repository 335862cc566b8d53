"""サイト: forms at the left, what comes of them at the right."""

from soloflow.ui.pages.site.page import SitePage

__all__ = ["SitePage"]
