"""顧客: everybody known, in a list that finds them at once, and one of them in full beside it."""

from soloflow.ui.pages.customers.page import CustomersPage

__all__ = ["CustomersPage"]
