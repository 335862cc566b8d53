"""獲得工程: nine columns of cards, from the first contact to the referral."""

from soloflow.ui.pages.board.page import BoardPage

__all__ = ["BoardPage"]
