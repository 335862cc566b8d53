"""Full-width letters and digits made narrow without moving anything: what was at place 7 is still at place 7."""

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}


def fold_width(text: str) -> str:
    """Make full-width ASCII, ￥ and the ideographic space half-width, character by character.

    Unlike NFKC the length never changes, so places found in the result are places in the text.
    """
    return text.translate(_NARROW)
