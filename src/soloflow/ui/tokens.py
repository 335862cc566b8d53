"""Every colour and measure of the window, for light and dark.

Text keeps 4.5:1 and marks 3:1 on the grounds they stand on (tests/ui/test_theme.py holds both). A module and no file to
parse: the first window waits for it.
"""

COLORS: dict[str, tuple[str, str]] = {  # light, dark
    "bg": ("#FFFFFF", "#16191A"),  # page, list, card, input
    "bg2": ("#F5F6F6", "#1D2122"),  # rail, status line, footer bars, side panel
    "bg3": ("#EBEDED", "#282D2F"),  # search field, neutral chip, bar track, hover, drag origin
    "sel": ("#E0EEF0", "#16383D"),  # selected row, rail item, segment, next-step panel
    "line": ("#E1E4E4", "#2C3234"),  # row hairline, chart grid
    "line2": ("#C9CECE", "#40484A"),  # section rule, group rule, card edge, tag edge
    "ctl": ("#7F898B", "#738083"),  # edge of buttons, inputs, ticks
    "ink": ("#1A1F20", "#E6EAEA"),  # text
    "ink2": ("#465053", "#B4BDBF"),  # second text
    "ink3": ("#626C6F", "#949EA1"),  # labels, counts, dates
    "acc": ("#0A6674", "#5BBFCB"),  # action, focus, rate dot
    "acch": ("#08535E", "#79CDD7"),  # primary button under the pointer
    "onacc": ("#FFFFFF", "#0C1719"),  # text on acc
    "adv": ("#009E73", "#009E73"),  # 進んだ (mark only)
    "lost": ("#D55E00", "#D55E00"),  # 離脱 (mark only)
    "warn": ("#E69F00", "#E69F00"),  # warning edge, never alone
    "opn": ("#879092", "#7E898C"),  # 途中: hatch lines and edge; pale marks
    "advt": ("#00694C", "#3CC59B"),  # text or icon: good
    "lostt": ("#A84600", "#F08A45"),  # text: lost
    "warnt": ("#7F5200", "#F0B43C"),  # text or icon: overdue, warning
    "toast": ("#24292A", "#E6EAEA"),  # notice
    "ontoast": ("#F2F4F4", "#1A1F20"),  # text on the notice
    "toastacc": ("#7FD3DC", "#0A6674"),  # 取り消す on the notice
    "toastkey": ("#C2C8C8", "#465053"),  # shortcut on the notice
    "inmark": ("#0D1415", "#0D1415"),  # text inside a chart mark
}

SIZES: dict[str, int] = {  # logical pixels
    "xs": 4,
    "s": 8,
    "m": 16,
    "l": 24,
    "column_gap": 40,
    "radius": 6,
    "radius_small": 4,
    "rail": 76,
    "rail_item_width": 64,
    "rail_item_height": 56,
    "topbar": 48,
    "command_width": 520,
    "status": 26,
    "page_header": 52,
    "tabs": 34,
    "section_head": 32,
    "row_task": 36,
    "row_customer": 56,
    "row_question": 28,
    "row_timeline": 44,
    "row_import": 34,
    "row_update": 48,
    "row_remark": 58,
    "row_capture": 30,
    "row_section": 32,
    "row_chart": 33,
    "control": 32,
    "control_small": 26,
    "segment": 28,
    "input": 40,
    "capture": 44,
    "tick": 16,
    "icon": 16,
    "icon_large": 20,
    "notice_width": 456,
    "notice_height": 44,
}

TYPES: dict[str, tuple[int, int]] = {  # logical pixels: size, line
    "label": (12, 18),
    "body": (13, 20),
    "form": (15, 24),
    "title": (20, 30),
    "figure": (28, 36),
}
