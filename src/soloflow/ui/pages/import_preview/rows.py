"""A row of the preview: two ticks, the verdict, six cells of which each can be corrected, and a line for what is asked."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from soloflow.i18n import N_, _, listed
from soloflow.services import importing, wording
from soloflow.services.import_items import FieldChange, Item
from soloflow.services.import_words import VERDICTS
from soloflow.services.workspace import Workspace
from soloflow.ui import icons
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.rows import ROW, Cell, Index, RowDelegate, Run

FIELDS = ("name", "company", "post", "email", "phone", "met_on")
HEADS = (
    "", N_("判定"), N_("名前"), N_("会社"), N_("部署・役職"), N_("メール"), N_("電話"), N_("名刺交換日"), N_("集客に入れる"),
)  # fmt: skip
FIXED = (36, 92, 0, 0, 0, 0, 0, 106, 116)
TIGHT = (28, 84, 0, 0, 0, 0, 108, 84, 92)
"""The same where the window is narrow."""
TIGHT_BELOW = 1000
SHARES = (0, 0, 124, 190, 150, 214, 128, 0, 0)
MARKS = {"ask": ("warning", "warnt"), "update": ("pencil", "ink"), "new": ("plus", "acc"), "same": ("check", "ink3")}
REMARK = 24
UNSEEN = {
    "met_on": N_("名刺交換日"), "address": N_("住所"), "urls": N_("URL"), "kana": N_("よみがな"), "note": N_("メモ"), "tags": N_("タグ"),
    "emails": N_("メール"), "phones": N_("電話"),
}  # fmt: skip
"""What a row says of in words, because no cell does or only of one of several."""
FIRST, SECOND, MIDDLE, BELOW = 0, 1, 2, 3
"""Lines of a row: the upper and lower of two, the middle of one, and the remark."""


def places(width: int) -> tuple[tuple[int, int], ...]:
    """(left, width) of the nine columns; what is not fixed shares the rest."""
    firm = TIGHT if width < TIGHT_BELOW else FIXED
    parts = sum(share for fixed, share in zip(firm, SHARES, strict=True) if not fixed)
    shared = max(300, width - sum(firm))
    found, left = [], 0
    for fixed, share in zip(firm, SHARES, strict=True):
        taken = fixed or shared * share // parts
        found.append((left, taken - 8))
        left += taken
    return tuple(found)


def has_two_lines(item: Item) -> bool:
    """Whether old and new stand above each other."""
    return not item.is_new and item.take and bool(shown_changes(item))


def has_remark(item: Item) -> bool:
    """Whether something is asked under the row, or something changes that no cell shows."""
    return item.verdict == "ask" or bool(item.problems) or bool(unseen(item))


def unseen(item: Item) -> tuple[FieldChange, ...]:
    """The changes that no cell shows whole: an address, a second number, and a day where it is all that is new."""
    if item.is_new or not item.take:
        return ()
    cells = shown_changes(item)
    shown = [cells[cell] for cell in cells if cell != "met_on" or len(cells) > 1]
    return tuple(
        change
        for change in item.changes
        if change.field in UNSEEN
        and not (change.field in ("emails", "phones", "met_on") and (change.old, change.new) in shown)
    )


def shown_changes(item: Item) -> dict[str, tuple[str, str]]:
    """By cell, (old, new); old "" means that it is added."""
    changes: dict[str, tuple[str, str]] = {change.field: (change.old, change.new) for change in item.changes}
    shown: dict[str, tuple[str, str]] = {name: changes[name] for name in FIELDS[:2] if name in changes}
    posts = [changes[name] for name in ("department", "title") if name in changes]
    if posts:
        shown["post"] = (" ".join(old for old, _new in posts if old), " ".join(new for _old, new in posts))
    for field, cell in (("emails", "email"), ("phones", "phone"), ("met_on", "met_on")):
        if field in changes:
            shown[cell] = changes[field]
    return shown


def bad_cells(item: Item) -> set[str]:
    """The cells of which a problem speaks."""
    found = {importing.problem_field(problem) for problem in item.problems}
    return {"post" if cell in ("department", "title") else cell for cell in found}


class ImportRows(RowDelegate):
    """34, 48 with old and new, and 24 more with a remark."""

    def __init__(self, theme: Theme, ws: Workspace) -> None:
        super().__init__(theme, theme.size("row_import"), lines=2)
        self._ws = ws
        self._body = QFontMetrics(theme.font("body"))

    def row_height(self, index: Index) -> int:
        """As high as what it says."""
        item: Item = index.data(ROW)
        single = self.theme.size("row_update") if has_two_lines(item) else self.theme.size("row_import")
        return single + (REMARK if has_remark(item) else 0)

    def baseline(self, rect: QRect, line: int) -> float:
        """Where the text of a line stands."""
        cap = self._body.capHeight()
        remark = REMARK if rect.height() in {34 + REMARK, 48 + REMARK} else 0
        upper = rect.height() - remark
        middles = {FIRST: upper / 2 - 10, SECOND: upper / 2 + 9, MIDDLE: (upper - 1) / 2, BELOW: upper + REMARK / 2 - 4}
        return round(rect.top() + middles[line] + cap / 2)

    def cells(self, index: Index, width: int) -> Sequence[Cell]:
        """What the row shows."""
        item: Item = index.data(ROW)
        where = places(width)
        found = [
            Cell(
                *where[0],
                line=MIDDLE,
                icon="tick-on" if item.take else "tick-off",
                key="take",
                tip=_("取り込む  Space"),
            ),
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
        tip = "\n".join(f"{change.field}: {change.old or '—'} → {change.new}" for change in item.changes)
        return Cell(*place, (word,), line=MIDDLE, icon=icon, icon_role=role, tip=tip)

    def _texts(self, item: Item, where: Sequence[tuple[int, int]]) -> Iterator[Cell]:
        changes = shown_changes(item) if has_two_lines(item) else {}
        bad = bad_cells(item)
        pale = "ink3" if item.verdict == "same" else "ink"
        for cell, place in zip(FIELDS, where, strict=True):
            if cell in changes:
                old, new = changes[cell]
                new = self._day(new) if cell == "met_on" else new
                before = Run(old, "ink3", strike=True) if old else Run(_("（追加）"), "ink3")
                yield Cell(*place, (before,), line=FIRST, key=f"edit:{cell}")
                yield Cell(*place, (Run(new, bold=True),), line=SECOND, key=f"edit:{cell}")
                continue
            text = self.text(item, cell)
            run = Run(text or "—", pale if text else "ink3", bold=cell == "name" and item.verdict != "same")
            yield Cell(*place, (run,), line=MIDDLE, key=f"{'bad' if cell in bad else 'edit'}:{cell}")

    def text(self, item: Item, cell: str) -> str:
        """What a cell shows."""
        person = item.person
        if cell == "post":
            return " ".join(part for part in (person.department, person.title) if part)
        if cell == "email":
            return person.emails[0] if person.emails else ""
        if cell == "phone":
            return person.phones[0].number if person.phones else ""
        if cell == "met_on":
            return wording.day(self._ws, max(person.met_on)) if person.met_on else ""
        return person.name if cell == "name" else person.company

    def _day(self, iso: str) -> str:
        from datetime import date

        return wording.day(self._ws, date.fromisoformat(iso))

    def _remark(self, item: Item, left: int, width: int) -> list[Cell]:
        room = width - left
        is_asked = item.verdict == "ask" or bool(item.problems)
        links = [("same", _("同じ人")), ("apart", _("別の人"))] if item.match is not None and is_asked else []
        links += [("fix", _("書き直す"))] if item.problems else []
        needed = sum(self._body.horizontalAdvance(words) + 16 for _key, words in links)
        asked = remark(item)
        sentence = " ".join(part for part in (asked, self._news(item)) if part)
        taken = min(self._body.horizontalAdvance(sentence), max(60, room - needed - 16))
        done = not asked or (item.verdict == "ask" and item.take and item.match is not None)
        found = [Cell(left, taken, (Run(sentence, "ink3" if done else "warnt"),), line=BELOW)]
        x = left + taken + 16
        for key, words in links:
            chosen = item.take and item.match is not None and (key == "same") == item.is_known and key != "fix"
            wide = self._metrics["body", True].horizontalAdvance(words)
            found.append(Cell(x, wide + 2, (Run(words, "acc", bold=chosen),), line=BELOW, key=key))
            x += wide + 16
        return found

    def _news(self, item: Item) -> str:
        """「名刺交換日 11/20(金)、住所 を追加」, and what is written anew."""
        added: list[str] = []
        other: list[str] = []
        for change in unseen(item):
            new = self._day(change.new) if change.field == "met_on" else change.new
            if change.field == "note":
                new = change.new.removeprefix(change.old).strip().partition("\n")[0]
            words = f"{_(UNSEEN[change.field])} {new}"
            (other if change.old and change.field != "note" else added).append(words)
        sentences = [_("{what} を追加").format(what=listed(added))] if added else []
        sentences += [_("{what} に変更").format(what=listed(other))] if other else []
        return " ".join(sentences)

    def _paint_cell(self, painter: QPainter, inner: QRect, cell: Cell) -> None:
        place = self._place(inner, cell)
        base = self.baseline(inner, cell.line)
        middle = base - self._body.capHeight() / 2
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


def remark(item: Item) -> str:
    """What is asked about a person, in one line."""
    said = [problem.message for problem in item.problems[:2]]
    if item.match is not None and not (item.verdict != "ask" or (item.is_known and item.match.kind == "sure")):
        who = _("{company}の{name}さん") if item.known_at else _("{name}さん")
        known = who.format(company=item.known_at, name=item.match.name)
        sentence = _("{known}と同じ名前です。") if item.match.name == item.person.name else _("{known}かもしれません。")
        said.append(sentence.format(known=known))
    return " ".join(said)


class HeadRow(QWidget):
    """The heads of the columns, and the tick for all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(32)
        self.all = QCheckBox(self)
        self.all.setTristate(True)
        self.all.setGeometry(0, 4, 24, 24)
        self.all.setAccessibleName(_("すべて取り込む"))
        self.all.setToolTip(_("表の全員を取り込む・外す"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: the words over their columns, and the rule."""
        painter = QPainter(self)
        font = self._theme.font("label")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self._theme.color("ink3"))
        for head, (left, width) in zip(HEADS, places(self.width()), strict=True):
            if head:
                text = metrics.elidedText(_(head), Qt.TextElideMode.ElideRight, width + 4)
                painter.drawText(QPointF(left, (self.height() + metrics.capHeight()) / 2), text)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.color("line2"))
