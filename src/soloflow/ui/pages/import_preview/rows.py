"""A row of the preview: two ticks, the verdict, six cells of which each can be corrected, and a line for what is asked.

Keys of cells: "take" and "enters" tick; "change:post" keeps the old value or takes the new one; "news:3" the same for a
change that no cell shows (its number among those offered); "same", "apart", "compare", "join", "fix" and "guess:0" answer;
"edit:name" and "bad:name" are corrected by a double click or F2.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from soloflow.i18n import _
from soloflow.services import wording
from soloflow.services.import_items import FieldChange, Guess, Item
from soloflow.services.import_words import VERDICTS
from soloflow.services.workspace import Workspace
from soloflow.ui import icons
from soloflow.ui.pages.import_preview.heads import places
from soloflow.ui.pages.import_preview.words import (
    FIELDS,
    REMARK,
    ROW_HEIGHT,
    TALL,
    all_changes,
    bad_cells,
    before_and_after,
    cell_text,
    has_remark,
    height_of,
    is_asked,
    news,
    remark,
    shown_changes,
    unseen,
)
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.rows import ROW, Cell, Index, RowDelegate, Run

MARKS = {"ask": ("warning", "warnt"), "update": ("pencil", "ink"), "new": ("plus", "acc"), "same": ("check", "ink3")}
FIRST, SECOND, MIDDLE, BELOW = 0, 1, 2, 3
"""Lines of a row: the upper and lower of two, the middle of one, and the remark."""
LINK_GAP = 16
LEAST_NEWS = 90
MULTI = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class ImportRows(RowDelegate):
    """34, 48 with old and new, and 24 more with a remark."""

    def __init__(
        self, theme: Theme, ws: Workspace, heights: Callable[[int], int] | None = None, *, can_join: bool = False
    ) -> None:
        """`heights` by row, where they are known already; `can_join` offers to bring people into their company."""
        super().__init__(theme, theme.size("row_import"), lines=2)
        self._heights = heights
        self._ws = ws
        self._can_join = can_join
        self._body = QFontMetrics(theme.font("body"))
        self.focus_key = "take"
        """The cell of the current row that the space bar means."""
        self._is_current = False
        self.pressed_key = ""
        """The cell that was pressed last, for a double click."""

    def row_height(self, index: Index) -> int:
        """As high as what it says."""
        return height_of(index.data(ROW)) if self._heights is None else self._heights(index.row())

    def _upper(self, rect: QRect) -> int:
        """The height of a row without its remark."""
        return rect.height() - (REMARK if rect.height() in {ROW_HEIGHT + REMARK, TALL + REMARK} else 0)

    def baseline(self, rect: QRect, line: int) -> float:
        """Where the text of a line stands."""
        cap = self._body.capHeight()
        upper = self._upper(rect)
        middles = {FIRST: upper / 2 - 10, SECOND: upper / 2 + 9, MIDDLE: (upper - 1) / 2, BELOW: upper + REMARK / 2 - 4}
        return round(rect.top() + middles[line] + cap / 2)

    # What it shows

    def cells(self, index: Index, width: int) -> Sequence[Cell]:
        """What the row shows."""
        item: Item = index.data(ROW)
        where = places(width)
        tick = "tick-on" if item.take else "tick-off"
        found = [
            Cell(*where[0], line=MIDDLE, icon=tick, key="take", tip=_("取り込む  Space")),
            self._verdict(item, where[1]),
            *self._texts(item, where[2:8]),
        ]
        if item.enters is not None and item.take:
            words = (Run(_("入れる"), "acc", bold=True),) if item.enters else ()
            icon = "tick-on" if item.enters else "tick-off"
            tip = _("集客に入れる  Shift+Space")
            found.append(Cell(*where[8], words, line=MIDDLE, icon=icon, key="enters", tip=tip))
        if has_remark(item):
            found += self._remark(item, where[2][0], width)
        return found

    def _verdict(self, item: Item, place: tuple[int, int]) -> Cell:
        icon, role = MARKS[item.verdict]
        word = Run(_(VERDICTS[item.verdict]), role, bold=item.verdict == "ask")
        return Cell(*place, (word,), line=MIDDLE, icon=icon, icon_role=role, tip=all_changes(self._ws, item))

    def _texts(self, item: Item, where: Sequence[tuple[int, int]]) -> Iterator[Cell]:
        changes = shown_changes(item)
        bad = bad_cells(item)
        is_pale = item.verdict == "same" or not item.take
        for cell, place in zip(FIELDS, where, strict=True):
            if cell in changes:
                yield from self._change(item, cell, changes[cell], place)
                continue
            text = cell_text(self._ws, item, cell)
            pale = "ink3" if item.verdict == "same" else "ink"
            run = Run(text or "—", pale if text else "ink3", bold=cell == "name" and item.verdict != "same")
            runs: tuple[Run, ...] = (run,)
            tip = ""
            if cell == "company" and text and item.is_new and item.home is not None:
                runs = (run, Run(_("顧客"), "ink3", type="label", tag=True))
                tip = _("{company}\nすでに顧客です。この会社の連絡先に加わります").format(company=text)
                runs = self._beside(runs, place[1])
            key = f"{'bad' if cell in bad and not (is_pale and item.verdict == 'same') else 'edit'}:{cell}"
            yield Cell(*place, runs, line=MIDDLE, key=key, tip=tip)

    def _beside(self, runs: tuple[Run, ...], room: int) -> tuple[Run, ...]:
        """A long name leaves its tag room."""
        text, mark = runs
        left = room - self._width((mark,)) - 8
        shown = self._body.elidedText(text.text, Qt.TextElideMode.ElideRight, left)
        return (text._replace(text=shown), mark)

    def _change(
        self, item: Item, cell: str, changes: tuple[FieldChange, ...], place: tuple[int, int]
    ) -> Iterator[Cell]:
        """Old above new; of the two, the one that will stand is bold and the other struck through."""
        old, new = before_and_after(self._ws, changes)
        declined = [change for change in changes if change in item.declined]
        is_pale = not item.take
        if declined and len(declined) < len(changes):
            stands = " ".join(change.old if change in declined else change.new for change in changes)
            before, after = Run(old, "ink3"), Run(stands, "ink3" if is_pale else "ink", bold=not is_pale)
            tip = _("{new} になります\nクリックか Space で {old} のまま").format(new=stands, old=old)
            yield Cell(*place, (before,), line=FIRST, key=f"change:{cell}", tip=tip)
            yield Cell(*place, (after,), line=SECOND, key=f"change:{cell}", tip=tip)
            return
        if declined:
            before = Run(
                old or _("（追加しない）"), "ink3" if is_pale or not old else "ink", bold=bool(old) and not is_pale
            )
            after = Run(new, "ink3", strike=True)
            tip = (
                _("{old} のまま\nクリックか Space で {new} に")
                if old
                else _("追加しません\nクリックか Space で {new} を追加")
            )
        else:
            before = Run(old, "ink3", strike=True) if old else Run(_("（追加）"), "ink3")
            after = Run(new, "ink3" if is_pale else "ink", bold=not is_pale)
            tip = (
                _("{old} → {new}\nクリックか Space で元のまま") if old else _("{new} を追加\nクリックか Space でやめる")
            )
        tip = tip.format(old=old, new=new)
        yield Cell(*place, (before,), line=FIRST, key=f"change:{cell}", tip=tip)
        yield Cell(*place, (after,), line=SECOND, key=f"change:{cell}", tip=tip)

    def _remark(self, item: Item, left: int, width: int) -> list[Cell]:
        links = self._links(item)
        end = width
        sentence = remark(item)
        needed = sum(self._link_width(words) + LINK_GAP for _key, words, _bold in links)
        wide = self._body.horizontalAdvance(sentence)
        taken = min(wide, max(60, end - left - needed)) if sentence else 0
        done = not item.open_problems and (not is_asked(item) or item.take)
        found = [Cell(left, taken, (Run(sentence, "ink3" if done else "warnt"),), line=BELOW)] if sentence else []
        x = left + (taken + LINK_GAP if sentence else 0)
        for key, words, bold in links:
            wide = self._link_width(words)
            found.append(Cell(x, wide + 2, (Run(words, "acc", bold=bold),), line=BELOW, key=key, tip=TIPS.get(key, "")))
            x += wide + LINK_GAP
        return found + self._news(item, x, end)

    def _links(self, item: Item) -> list[tuple[str, str, bool]]:
        """(key, words, whether it is the answer) of what can be said to a row."""
        found: list[tuple[str, str, bool]] = []
        if is_asked(item):
            found.append(("same", _("同じ人"), item.take and item.is_known))
            found.append(("apart", _("別の人"), item.take and not item.is_known))
            found.append(("compare", _("ならべて見る"), False))
        found += [(f"guess:{number}", self._spoken(guess), False) for number, guess in enumerate(item.guesses)]
        found += [("fix", _("書き直す"), False)] if item.open_problems else []
        if item.could_join and not item.is_new and self._can_join:
            found.append(("join", _("会社の連絡先にまとめる"), item.joins))
        return found

    def _spoken(self, guess: Guess) -> str:
        return wording.day(self._ws, date.fromisoformat(guess.shown)) if guess.field == "met_on" else guess.shown

    def _link_width(self, words: str) -> int:
        return self._metrics["body", True].horizontalAdvance(words)

    def _news(self, item: Item, x: int, end: int) -> list[Cell]:
        """What changes without a cell of its own, each to be clicked; what has no room is a link to all of it."""
        changes = unseen(item)
        found: list[Cell] = []
        for place, change in enumerate(changes):
            words = news(self._ws, change)
            left = len(changes) - place
            more = _("ほか{count}件").format(count=left)
            reserve = self._link_width(more) + LINK_GAP if left > 1 else 0
            wide = min(self._body.horizontalAdvance(words), end - x - reserve)
            if wide < min(LEAST_NEWS, self._body.horizontalAdvance(words)):
                return [*found, Cell(x, max(24, end - x), (Run(more, "acc"),), line=BELOW, key="compare")]
            is_kept = change in item.declined
            tip = _("クリックか Space で加える") if is_kept else _("クリックか Space で元のまま")
            run = Run(words, "ink3" if is_kept or not item.take else "ink2", strike=is_kept)
            key = f"news:{item.offered.index(change)}"
            found.append(Cell(x, wide, (run,), line=BELOW, key=key, tip=f"{words}\n{tip}"))
            x += wide + LINK_GAP
        return found

    # Keyboard and mouse

    def stops(self, index: Index, width: int) -> list[str]:
        """The cells of a row that the arrow keys walk through, from left to right and then down."""
        return list(dict.fromkeys(cell.key for cell in self.cells(index, width) if cell.key))

    def cell_at(self, rect: QRect, index: Index, x: float, y: float) -> Cell | None:
        """The cell under a point; of a tall row every cell takes its whole height."""
        inner = self._inner(rect)
        upper = self._upper(rect)
        bands = {
            FIRST: (0, upper // 2), SECOND: (upper // 2, upper), MIDDLE: (0, upper), BELOW: (upper - 6, rect.height()),
        }  # fmt: skip
        down = y - rect.top()
        for cell in reversed(self.cells(index, inner.width())):
            top, bottom = bands[cell.line]
            grow = max(0, (24 - cell.width) // 2)
            left = inner.left() + cell.left - grow
            if left <= x <= left + cell.width + 2 * grow and top <= down < bottom:
                return cell
        return None

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Qt: a click does what its cell says; with Ctrl or Shift, and on plain words, it selects the row."""
        if isinstance(event, QMouseEvent):
            rect: QRect = option.rect
            cell = self.cell_at(rect, index, event.position().x(), event.position().y())
            self.pressed_key = cell.key if cell is not None else ""
            if event.modifiers() & MULTI or self.pressed_key.startswith("edit:"):
                return False
        return super().editorEvent(event, model, option, index)

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: the row, and the edge around the cell that the space bar means."""
        view = option.widget
        assert isinstance(view, QAbstractItemView)
        self._is_current = view.hasFocus() and index == view.currentIndex()
        super().paint(painter, option, index)
        self._is_current = False

    def _paint_cell(self, painter: QPainter, inner: QRect, cell: Cell) -> None:
        place = self._place(inner, cell)
        base = self.baseline(inner, cell.line)
        middle = base - self._body.capHeight() / 2
        if self._is_current and cell.key == self.focus_key and cell.key != "take" and cell.line != SECOND:
            self._paint_focus(painter, inner, cell, middle)
        if cell.icon in ("tick-on", "tick-off"):
            self._paint_tick(painter, place.left(), middle, on=cell.icon == "tick-on")
            shift = 16 + 6
            text = Cell(cell.left + shift, cell.width - shift, cell.runs, line=cell.line)
            super()._paint_cell(painter, inner, text)
            return
        if cell.key.startswith("bad:"):
            painter.setPen(QPen(self.theme.color("warn"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            words = self._metrics["body", True].horizontalAdvance(cell.runs[0].text)
            box = QRectF(place.left() - 6.5, round(middle) - 13.5, min(words + 13, place.width() + 9), 26)
            painter.drawRoundedRect(box, 4, 4)
        super()._paint_cell(painter, inner, cell)

    def _paint_focus(self, painter: QPainter, inner: QRect, cell: Cell, middle: float) -> None:
        words = self._width(cell.runs) + (22 if cell.icon else 0)
        width = min(max(words, 24), cell.width)
        if cell.line == FIRST:  # around old and new
            box = QRectF(inner.left() + cell.left - 5, inner.top() + 3, cell.width + 6, self._upper(inner) - 7)
        else:
            box = QRectF(inner.left() + cell.left - 5, round(middle) - 11, width + 10, 22)
        painter.setPen(QPen(self.theme.color("acc"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)

    def _paint_tick(self, painter: QPainter, x: float, middle: float, *, on: bool) -> None:
        box = QRectF(x + 0.5, round(middle - 8) + 0.5, 15, 15)
        painter.setPen(self.theme.color("acc" if on else "ctl"))
        painter.setBrush(self.theme.color("acc" if on else "bg"))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            icons.paint(painter, self.theme, x + 2, round(middle - 8) + 2, "check", "onacc", 12)

    def cell_rect(self, rect: QRect, cell: str) -> QRect:
        """Where a cell stands in the view, for the editor."""
        inner = self._inner(rect)
        left, width = places(inner.width())[2 + FIELDS.index(cell)]
        return QRect(inner.left() + left - 7, rect.top() + 2, max(width + 14, 140), 30)

    def stop_rect(self, rect: QRect, index: Index, key: str) -> QRect:
        """Where a cell with a key stands in the view, for a panel beside it."""
        inner = self._inner(rect)
        cell = next((one for one in self.cells(index, inner.width()) if one.key == key), None)
        if cell is None:
            return rect
        base = int(self.baseline(inner, cell.line))
        return QRect(inner.left() + cell.left, base - 14, max(24, cell.width), 20)


TIPS = {"same": "Alt+1", "compare": "Alt+2", "apart": "Alt+3", "fix": "F2"}
"""The keys of the answers."""
