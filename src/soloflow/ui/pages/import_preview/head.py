"""The two lines above the table: what file it is and in which encoding, and who of it is shown."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import importing
from soloflow.services.import_items import Preview
from soloflow.services.import_words import VERDICTS
from soloflow.ui.context import Context
from soloflow.ui.models.import_people import FIRST, ImportModel
from soloflow.ui.pages.import_preview.rows import MARKS
from soloflow.ui.pages.import_preview.target import Target, TargetPanel
from soloflow.ui.widgets.buttons import LinkButton, button
from soloflow.ui.widgets.labels import ElidedLabel, label
from soloflow.ui.widgets.popover import Popover
from soloflow.ui.widgets.search_field import SearchField
from soloflow.ui.widgets.segments import Segment, Segments

ENCODINGS = (("utf-8", "UTF-8"), ("cp932", "CP932"), ("euc_jp", "EUC-JP"))
AUTO = ""
WIDE = 1000
"""From this width on every sentence has room."""


class FileLine(QWidget):
    """52 high: title, file, kind, rows and people; the encodings at the right."""

    encoding_chosen = Signal(str)
    assign_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setFixedHeight(52)
        self.facts = ElidedLabel("", "label")
        self.encodings = Segments(
            context.theme, [Segment(AUTO, _("自動")), *(Segment(*one) for one in ENCODINGS)], name=_("文字コード")
        )
        self.encodings.chosen.connect(self.encoding_chosen)
        self.word = label(_("文字コード"), "label")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(10)
        row.addWidget(label(_("取り込みの確認"), "title"))
        self.assign = LinkButton(_("列の割り当てを変える"), self.assign_wanted.emit)
        self.assign.setToolTip(_("どの列が名前や会社かを選び直します。まだ何も書き込みません"))
        self.assign.hide()
        row.addWidget(self.facts, 1)
        row.addWidget(self.assign)
        row.addWidget(self.word)
        row.addWidget(self.encodings)

    def show_file(self, preview: Preview, encoding: str, place: str) -> None:
        """Show what was read; `place` is 「1/3」 where several files are gone through."""
        reading = preview.reading
        found = reading.encoding.upper().replace("_", "-")
        auto = _("自動（{encoding}）").format(encoding=found) if not encoding else _("自動")
        self.encodings.set_segments([Segment(AUTO, auto), *(Segment(*one) for one in ENCODINGS)])
        self.encodings.choose(encoding if encoding in {key for key, _name in ENCODINGS} else AUTO)
        is_text = reading.kind != "qr" and reading.encoding != "xlsx"  # also of a workbook in an archive
        self.encodings.setVisible(is_text)
        self.word.setVisible(is_text and self.width() >= WIDE)
        facts = _("{file}・{kind}・{rows}件（{people}人）").format(
            file=preview.name, kind=importing.kind_name(reading.kind), rows=f"{reading.rows:,}", people=f"{len(preview.items):,}"
        )  # fmt: skip
        if preview.is_remembered:
            facts = _("{facts}・前回と同じ列の割り当て").format(facts=facts)
        if mended := sum(one.is_mended for one in reading.problems):
            facts = _("{facts}・電話の先頭の0を{count}件補いました").format(facts=facts, count=f"{mended:,}")
        self.assign.setVisible(preview.mapping is not None)
        self.facts.setText(f"{place}　{facts}" if place else facts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: in a narrow window the file's own words come first."""
        super().resizeEvent(event)
        self.word.setVisible(self.width() >= WIDE and self.encodings.isVisibleTo(self))


class FilterLine(QWidget):
    """44 high: verdicts with counts, a search, what all of them are given, and taking only those who are shown."""

    filtered = Signal()
    """Others are shown now."""

    def __init__(self, context: Context, model: ImportModel) -> None:
        super().__init__()
        self._context = context
        self._model = model
        self.setFixedHeight(44)
        self.given = Target()
        self.panel: Popover | None = None
        self.verdicts = Segments(context.theme, self._segments(), name=_("判定"))
        self.verdicts.chosen.connect(self.apply)
        self.search = SearchField(context.theme, _("さがす"))
        self.search.setToolTip(_("名前・会社・メール・電話  Ctrl+F"))
        self.search.searched.connect(self.apply)
        self.target = button(_("チャネル・勉強会・タグ"), self.open_target, small=True)
        self.target.setToolTip(_("全員に同じチャネル、勉強会、タグを付けます"))
        self.hint = ElidedLabel("", "label")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.only = LinkButton("", self.take_only)
        self.only.hide()
        self.selected: tuple[int, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(12)
        for control in (self.verdicts, self.search, self.target):
            row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.hint, 1)
        row.addWidget(self.only)

    def _segments(self) -> list[Segment]:
        counts = self._model.verdicts()
        everyone = Segment("", _("すべて"), len(self._model.items))
        return [everyone, *(Segment(one, _(VERDICTS[one]), counts[one], MARKS[one][0]) for one in FIRST)]

    def show_counts(self) -> None:
        """Show how many there are of each verdict."""
        self.verdicts.set_segments(self._segments())
        self._say_hint()

    def clear(self) -> None:
        """Show everybody."""
        self.verdicts.choose("")
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.apply()

    @Slot()
    def apply(self) -> None:
        """Show whom verdict and search find."""
        self._model.filter(self.verdicts.key, self.search.text())
        self.filtered.emit()
        self._offer_only()

    def show_selection(self, rows: tuple[int, ...]) -> None:
        """Offer to take only those who are selected, where several are."""
        self.selected = rows if len(rows) > 1 else ()
        self._offer_only()

    def _offer_only(self) -> None:
        shown = self._model.rowCount()
        if self.selected:
            text = _("選んだ{count}人だけ取り込む").format(count=f"{len(self.selected):,}")
        else:
            text = _("この{count}人だけ取り込む").format(count=f"{shown:,}")
        self.only.setText(text)
        self.only.setToolTip(_("ほかの人のチェックを外します"))
        is_offered = bool(self.selected) or (self._model.is_filtered and shown > 0)
        self.only.setVisible(is_offered)
        self._say_hint()

    @Slot()
    def take_only(self) -> None:
        """Tick those who are selected, or else shown, and nobody else."""
        self._model.take_only(self.selected or range(self._model.rowCount()))

    def _say_hint(self) -> None:
        is_wide = self.width() >= WIDE
        if not self._model.rowCount() and self.search.text():
            words = _("「{text}」は見つかりません").format(text=self.search.text())
        elif self.only.isVisibleTo(self):
            words = ""
        elif self._model.counts().offered:
            words = _("変更を押すと、元の値のままにできます") if is_wide else ""
        elif is_wide:
            words = _("30日以内に会った人だけ、集客に入れます")
        else:
            words = _("30日以内に会った人は集客へ")
        self.hint.setText(words)

    @Slot()
    def open_target(self) -> None:
        """Ask what all of them are given."""
        content = TargetPanel(self._context, self.given)
        content.changed.connect(self._on_target)
        self.panel = Popover(self.window(), content)
        self.panel.show_at(QRect(self.target.mapTo(self.window(), QPoint(0, 0)), self.target.size()))

    @Slot(object)
    def _on_target(self, target: Target) -> None:
        self.given = target
        words = target.words or _("チャネル・勉強会・タグ")
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, 180)
        self.target.setText(shown.replace("&", "&&"))
        self.target.setAccessibleName(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: what a narrow window has room for."""
        super().resizeEvent(event)
        self.search.setFixedWidth(180 if self.width() >= WIDE else 120)
        self._say_hint()
