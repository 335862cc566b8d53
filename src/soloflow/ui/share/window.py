"""The full-screen view of one's own codes: 名刺 and サイトのリンク. Nothing on it draws the eye but the code."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _, side_by_side
from soloflow.services import meetups, sharing
from soloflow.services.changes import Changes
from soloflow.services.sharing import Drawing, OwnCard
from soloflow.ui.context import Context
from soloflow.ui.share.code_view import CodeView
from soloflow.ui.share.foot import ShareFoot
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import icon_button
from soloflow.ui.widgets.empty import EmptyState
from soloflow.ui.widgets.labels import ElidedLabel
from soloflow.ui.widgets.own_window import bind_keys, take_out
from soloflow.ui.widgets.segments import Segment, Segments

CARD, SITE = "card", "site"
SHOWN_TOPICS = frozenset({"site_content", "sources", "meetups", "*"})

_kept: list["ShareWindow"] = []


def open_share(context: Context, meetup: int | None = None, *, tab: str = CARD) -> "ShareWindow":
    """Show one's own codes over the whole screen; at a meetup the link carries its code, which is made if it has none."""
    for old in [one for one in _kept if one.context is context]:
        old.close()
    window = ShareWindow(context, meetup, tab)
    _kept.append(window)
    window.destroyed.connect(partial(_forget, window))
    window.showFullScreen()
    window.raise_()
    window.activateWindow()
    return window


def _forget(window: "ShareWindow") -> None:
    if window in _kept:
        _kept.remove(window)


class ShareWindow(QWidget):
    """Its own window, so that it can cover the screen; gone when closed."""

    def __init__(self, context: Context, meetup: int | None = None, tab: str = CARD) -> None:
        super().__init__(_owner(), Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self.meetup = meetup
        self.tab = tab
        self.drawing: Drawing | None = None
        self.link = ""
        self._card = OwnCard()
        styled(self, variant="page")
        self.setWindowTitle(_("自分のQR"))
        self.setMinimumSize(640, 480)
        self.resize(960, 640)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the keys work without a ring around anything
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._build()
        self._make_shortcuts()
        context.changed.connect(self._on_changed)
        context.theme_changed.connect(self.rebuild)
        context.closing.connect(self.close)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._make_code()

    # Building

    def _build(self) -> None:
        theme = self.context.theme
        self.tabs = Segments(
            theme, [Segment(CARD, _("名刺")), Segment(SITE, _("サイトのリンク"))], name=_("見せるもの")
        )
        self.tabs.chosen.connect(self._on_tab)
        self.leave = icon_button(self.context.icon("cross"), _("閉じる"), self.close, shortcut="Esc")
        head = QWidget()
        line = QGridLayout(head)
        line.setContentsMargins(16, 12, 16, 8)
        line.setColumnStretch(0, 1)
        line.setColumnStretch(2, 1)
        line.addWidget(self.tabs, 0, 1)
        line.addWidget(self.leave, 0, 2, Qt.AlignmentFlag.AlignRight)
        self.code = CodeView()
        self._name = ElidedLabel("", "title")
        self._facts = ElidedLabel("", "form-second")
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(4)
        column.addWidget(self.code, 1)
        column.addSpacing(8)
        for words in (self._name, self._facts):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)
        self._stack = QStackedWidget()
        self._stack.addWidget(shown)
        self._missing: QWidget | None = None
        self.foot = ShareFoot(theme, self.copy_link, self._choose_file)
        self.foot.parts_chosen.connect(self._on_parts)
        self._root = QWidget()
        whole = QVBoxLayout(self._root)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self.foot)
        self._column.addWidget(self._root)
        self.tabs.choose(self.tab)
        self.refresh()

    def _make_shortcuts(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Esc": self.close,
            "F11": self.toggle_full_screen,
            "Left": partial(self.show_tab, CARD),
            "Right": partial(self.show_tab, SITE),
            "Ctrl+C": self.copy_link,
            "Ctrl+S": self._choose_file,
        }
        bind_keys(self, keys)

    @Slot()
    def rebuild(self) -> None:
        """Build everything again in the theme and language of now."""
        take_out(self._column, self._root)
        self.setWindowTitle(_("自分のQR"))
        self._build()

    # What is shown

    def _make_code(self) -> None:
        """A link shown at a meetup says so; once, at the beginning: who undoes it means it."""
        if self.meetup is not None and self._card.site and not sharing.code_of(self.context.workspace, self.meetup):
            self.context.run(partial(sharing.ensure_code, self.context.workspace, self.meetup))

    @Slot()
    def refresh(self) -> None:
        """Read again who one is, and draw it."""
        try:
            self._card = sharing.own_card(self.context.workspace, self.meetup)
            self._show()
        except UserError as error:
            self._show_missing(_("QRコードにできません"), str(error), None)

    def _show(self) -> None:
        self.link = self._card.site
        known = self._card.parts if self.tab == CARD and self._card.is_known else ()
        chosen = sharing.chosen_parts(self.context.workspace)
        self.foot.show_parts(known, chosen)
        self.foot.copy.setVisible(self.tab == SITE)
        if self.tab == CARD and not self._card.is_known:
            self._miss_name()
        elif self.tab == SITE and not self.link:
            self._miss_site()
        elif self.tab == CARD:
            card = self._card.only(chosen)
            self._show_code(sharing.card_text(card), card.name or card.company, _facts(card))
            self.foot.say("" if self.drawing and self.drawing.is_easy else _("多く載せると読み取りにくくなります"))
        else:
            self._show_code(self.link, self._card.company or self._card.name or _("サイト"), self.link)
            self.foot.say(self._origin())

    def _show_code(self, text: str, name: str, facts: str) -> None:
        self.drawing = sharing.draw(text)
        self.code.show_code(self.drawing, side_by_side(part for part in (name, facts) if part))
        self._name.setText(name)
        self._facts.setText(facts)
        self._stack.setCurrentIndex(0)
        self.foot.save.setEnabled(True)
        self.foot.copy.setEnabled(True)

    def _origin(self) -> str:
        """That who comes by this link is known to come from the meetup."""
        ws = self.context.workspace
        one = meetups.get(ws, self.meetup) if self.meetup is not None else None
        if one is None or not sharing.code_of(ws, one.id):
            return ""
        return _("{name}から来た人とわかるリンクです").format(name=one.name)

    def _miss_name(self) -> None:
        place = ("site", {"path": "profile.name"}) if self._card.is_in_site else ("settings", {"section": "profile"})
        self._show_missing(
            _("あなたの名前がまだありません"),
            _("名前か屋号を書くと、名刺のQRコードを見せられます。"),
            (_("名前を書く"), partial(self._go, place[0], place[1])),
        )

    def _miss_site(self) -> None:
        self._show_missing(
            _("サイトのアドレスがまだありません"),
            _("公開するアドレス（https://…）を書くと、リンクのQRコードを見せられます。"),
            (_("アドレスを書く"), partial(self._go, "site", {"path": "profile.base_url"})),
        )

    def _show_missing(self, title: str, sentence: str, action: tuple[str, partial[None]] | None) -> None:
        if self._missing is not None:
            self._stack.removeWidget(self._missing)
            self._missing.deleteLater()
        self.drawing = None
        self._missing = EmptyState(self.context.theme, "qr", title, sentence, action)
        self._stack.addWidget(self._missing)
        self._stack.setCurrentWidget(self._missing)
        self.foot.save.setEnabled(False)
        self.foot.copy.setEnabled(False)
        self.foot.say("")

    def _go(self, page: str, place: dict[str, str]) -> None:
        from soloflow.ui.capture_window import step_aside

        main = self.context.parent()
        self.close()
        step_aside(self.context)
        self.context.navigate(page, **place)
        if isinstance(main, QWidget):  # it may be minimised, where the small window for writing down is used alone
            main.setWindowState(main.windowState() & ~Qt.WindowState.WindowMinimized)
            main.show()
            main.raise_()
            main.activateWindow()

    # What is done

    @Slot(str)
    def show_tab(self, tab: str) -> None:
        """Show 名刺 (card) or サイトのリンク (site)."""
        if self.tabs.isAncestorOf(self.focusWidget() or self):
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # not on the tab that is left
        self.tabs.choose(tab)
        self._on_tab(tab)

    @Slot(str)
    def _on_tab(self, tab: str) -> None:
        self.tab = tab
        self.refresh()

    @Slot(object)
    def _on_parts(self, parts: tuple[str, ...]) -> None:
        known = self._card.parts
        unknown = tuple(part for part in sharing.chosen_parts(self.context.workspace) if part not in known)
        try:
            sharing.choose_parts(self.context.workspace, (*parts, *unknown))
        except UserError as error:
            self.foot.say(str(error))
            return
        self.refresh()

    @Slot()
    def copy_link(self) -> None:
        """Put the address of the site into the clipboard."""
        if self.tab == SITE and self.link:
            QGuiApplication.clipboard().setText(self.link)
            self.foot.say(_("リンクをコピーしました"))

    @Slot()
    def _choose_file(self) -> None:
        if self.drawing is None:
            return
        name = _("名刺") if self.tab == CARD else _("サイト")
        chosen, kind = QFileDialog.getSaveFileName(
            self, _("QRコードを保存"), str(Path.home() / f"{name}.png"), "PNG (*.png);;SVG (*.svg)"
        )
        if chosen:
            file = Path(chosen)
            self.save_to(file if file.suffix else file.with_suffix(".svg" if "svg" in kind else ".png"))

    def save_to(self, file: Path) -> None:
        """Write the code that is shown as a picture."""
        if self.drawing is not None:
            self.context.run(
                partial(sharing.write, self.drawing, file), partial(self._on_saved, file), failed=self._on_failed
            )

    def _on_saved(self, file: Path, _nothing: object) -> None:
        self.foot.say(_("{name} に保存しました").format(name=file.name))

    def _on_failed(self, error: UserError) -> None:
        self.foot.say(str(error))

    @Slot()
    def toggle_full_screen(self) -> None:
        """Between the whole screen and a window."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.topics & SHOWN_TOPICS or changes.many:
            self.refresh()


def _owner() -> QWidget | None:
    """The window it is opened from, above which it stays; one that is not seen would hide it too."""
    seen = QApplication.activeWindow()
    return None if isinstance(seen, ShareWindow) else seen


def _facts(card: OwnCard) -> str:
    """What the card shows beside the name, as it is read aloud."""
    parts = (card.company if card.name else "", card.tagline, card.mail, card.phone, card.site)
    return side_by_side(part for part in parts if part)
