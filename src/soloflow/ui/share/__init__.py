"""自分のQR: one's own card and the link to the site, large enough for another phone.

``open_share(context)`` or ``open_share(context, meetup=12)`` shows it full-screen; Esc closes.
"""

from soloflow.ui.share.window import ShareWindow, open_share

__all__ = ["ShareWindow", "open_share"]
