"""Several customers at once: stage and standing, tags, channel, next step, export, deletion; each one undoable step."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QFormLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from soloflow.i18n import _, ngettext
from soloflow.services import bulk, customers, exporting, when, wording
from soloflow.services.workspace import Progress
from soloflow.ui.context import Context
from soloflow.ui.many import Edit, run_many
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton, PushButton, button
from soloflow.ui.widgets.choices import ChoiceChips
from soloflow.ui.widgets.flow import FlowLayout
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import label

FIELD_WIDTH = 300
LABEL_WIDTH = 72
TAGS_SHOWN = 16
ACTS = (("move", "D"), ("recycle", "R"), ("lose", "X"), ("remove", "Delete"))


class Bulk(QScrollArea):
    """What stands beside the list while several are chosen. Signals `asked("move" | "lose" | "recycle" | "remove")`, `left`."""

    asked = Signal(str)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._ids: tuple[int, ...] = ()
        self._offered: list[tuple[int, str]] = []
        styled(self, variant="page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title = label("", "title")
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(16)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._build()
        content = styled(QWidget(), variant="page")
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addWidget(self._title)
        column.addWidget(label(_("まとめて変えられます。どれも、1回の取り消しで元に戻せます。"), "second"))
        column.addLayout(self._form)
        column.addWidget(LinkButton(_("選択を解除"), self.left.emit), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.setWidget(content)

    def _build(self) -> None:
        words = {
            "move": _("工程を移す…"),
            "recycle": _("育成に移す…"),
            "lose": _("離脱にする…"),
            "remove": _("削除する"),
        }
        self.buttons = {key: button(words[key], partial(self.asked.emit, key)) for key, _shortcut in ACTS}
        for key, shortcut in ACTS:
            self.buttons[key].setToolTip(f"{words[key]}  {shortcut}")
        self.back = button(_("進行中に戻す"), self._on_back)
        self.back.setToolTip(_("育成中と離脱の顧客を、離れたときの工程に戻す"))
        self._row(_("工程・状態"), self.buttons["move"], self.buttons["recycle"], self.buttons["lose"], self.back)
        self.tag = self._field(_("タグを付ける"), _("選んだ顧客にタグを付ける"), self._on_tag)
        self._row(_("タグ"), self.tag, button(_("付ける"), self._on_tag_button))
        self._tags = QWidget()
        self._tag_line = FlowLayout(self._tags, gap=6)
        self._form.addRow("", self._tags)
        self.channels = ChoiceChips([], name=_("チャネル"))
        self._channel_place = QVBoxLayout()
        self._channel_place.setContentsMargins(0, 0, 0, 0)
        self._form.addRow(self._name(_("チャネル"), 26), self._channel_place)
        self.step = self._field(_("来週火曜 資料を送る"), _("選んだ顧客の次の一手"), self._on_step)
        self.step.textChanged.connect(self._read_step)
        self._row(_("次の一手"), self.step, button(_("予定する"), self._on_step_button))
        self._reading = label("", "label")
        self._form.addRow("", self._reading)
        self._form.setRowVisible(self._reading, False)
        self._row(
            _("書き出す"), button(_("CSV に…"), partial(self._export, "csv")), button(_("vCard に…"), partial(self._export, "vcf"))
        )  # fmt: skip
        self._row("", self.buttons["remove"])

    def _name(self, text: str, height: int = 32) -> QWidget:
        made = label(text, "second")
        made.setFixedSize(LABEL_WIDTH, height)
        return made

    def _row(self, name: str, *parts: QWidget) -> None:
        together = QWidget()
        line = FlowLayout(together, gap=8, line_gap=8)
        for part in parts:
            line.addWidget(part)
        place = QVBoxLayout()  # a form layout forgets that a widget breaks into lines
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(together)
        self._form.addRow(self._name(name), place)

    def _field(self, placeholder: str, name: str, entered: object) -> ImeLineEdit:
        made = ImeLineEdit()
        made.setPlaceholderText(placeholder)
        made.setAccessibleName(name)
        made.setFixedWidth(FIELD_WIDTH)
        made.submitted.connect(entered)
        return made

    def show_ids(self, ids: tuple[int, ...]) -> None:
        """Work on these."""
        self._ids = ids
        self._title.setText(ngettext("{count}社を選んでいます", "{count}社を選んでいます", len(ids)).format(count=f"{len(ids):,}"))  # fmt: skip
        self._show_tags()
        self._show_channels()

    def _show_tags(self) -> None:
        self._tag_line.clear()
        found = bulk.tags_among(self.context.workspace, self._ids)[:TAGS_SHOWN]
        for one in found:
            made = styled(PushButton(f"#{one.name} {one.count:,}".replace("&", "&&")), variant="chip")
            made.setIcon(self.context.icon("cross", "ink2", 12))
            made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            made.setMaximumWidth(FIELD_WIDTH)
            words = _("#{tag} を外す").format(tag=one.name)
            made.setToolTip(words)
            made.setAccessibleName(words)
            made.clicked.connect(partial(self._on_untag, one.id))
            self._tag_line.addWidget(made)
        self._form.setRowVisible(self._tags, bool(found))
        self._tags.updateGeometry()

    def _show_channels(self) -> None:
        found = customers.channels(self.context.workspace)
        if found == self._offered:
            self.channels.choose(None)
            return
        self._offered = found
        self._channel_place.removeWidget(self.channels)
        self.channels.hide()
        self.channels.deleteLater()
        self.channels = ChoiceChips(found, name=_("チャネル"))
        self.channels.chosen.connect(self._on_channel)
        self._channel_place.addWidget(self.channels)

    # What the user does

    def _do(self, title: str, edit: Edit) -> None:
        run_many(self.context, len(self._ids), title, edit)

    def _on_tag_button(self) -> None:
        self._on_tag(self.tag.text())

    @Slot(str)
    def _on_tag(self, text: str) -> None:
        names = text.replace("、", " ").replace(",", " ").split()
        if names:
            self._do(_("タグを付けています"), partial(bulk.tag, self.context.workspace, self._ids, tuple(names)))
            self.tag.clear()

    def _on_untag(self, tag: int, _checked: bool = False) -> None:
        self.tag.setFocus()  # the chip that has the keyboard goes
        self._do(_("タグを外しています"), partial(bulk.tag, self.context.workspace, self._ids, (), (tag,)))

    @Slot(object)
    def _on_channel(self, channel: object) -> None:
        assert isinstance(channel, int)
        self._do(_("チャネルを変えています"), partial(bulk.set_channel, self.context.workspace, self._ids, channel))

    def _on_back(self) -> None:
        self._do(_("進行中に戻しています"), partial(bulk.reactivate, self.context.workspace, self._ids))

    @Slot(str)
    def _read_step(self, text: str) -> None:
        ws = self.context.workspace
        step = when.read_step(ws, text) if text.strip() else None
        if step is not None and step.due is not None:
            kind = _(wording.PLAN_KINDS[step.kind])
            time = f"{step.time:%H:%M}" if step.time else ""
            self._reading.setText(" ".join(part for part in (wording.day(ws, step.due), time, kind) if part))
        elif step is not None:
            self._reading.setText(_("いつするかも書いてください（明日、来週火曜、12/5 など）"))
        self._form.setRowVisible(self._reading, step is not None)

    def _on_step_button(self) -> None:
        self._on_step(self.step.text())

    @Slot(str)
    def _on_step(self, text: str) -> None:
        ws = self.context.workspace
        step = when.read_step(ws, text) if text.strip() else None
        if step is None or step.due is None:
            self.step.setFocus()
            return
        time = f"{step.time:%H:%M}" if step.time else ""
        words = step.text or _(wording.PLAN_KINDS[step.kind])
        self._do(_("次の一手を予定しています"), partial(bulk.plan, ws, self._ids, words, step.due, step.kind, time))
        self.step.clear()

    def _export(self, kind: str) -> None:
        names = {"csv": (_("顧客.csv"), _("CSV（*.csv）")), "vcf": (_("顧客.vcf"), _("vCard（*.vcf）"))}
        name, pattern = names[kind]
        target, _kind = QFileDialog.getSaveFileName(self, _("書き出す先を選ぶ"), name, pattern)
        if target:
            write = partial(self._write, Path(target), self._ids, kind)
            self.context.run_long(_("書き出しています"), write, self._after_export)

    def _write(self, target: Path, ids: tuple[int, ...], kind: str, progress: Progress) -> tuple[int, Path]:
        progress.check()
        ws = self.context.workspace
        count = exporting.export_people(ws, target, ids) if kind == "csv" else exporting.export_cards(ws, target, ids)
        return count, target

    def _after_export(self, done: tuple[int, Path]) -> None:
        self.context.notify(_("{count}人を {name} に書き出しました").format(count=f"{done[0]:,}", name=done[1].name))

    def anchor(self, key: str) -> tuple[QWidget, QRect]:
        """The button beside which a panel stands."""
        made = self.buttons[key]
        return made, made.rect()
