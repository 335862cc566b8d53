"""分析: at which step most are lost, which rate is low and how sure that is, with the customers behind every mark."""

from soloflow.ui.pages.insights.page import InsightsPage

__all__ = ["InsightsPage"]
