"""プロフィール and 表示: who the user is, and how the window speaks and looks."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QCheckBox

from soloflow import i18n
from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import settings
from soloflow.services.changes import Changes
from soloflow.services.settings import Settings
from soloflow.ui import tray
from soloflow.ui.context import Context
from soloflow.ui.pages.settings.section import SavedField, Section
from soloflow.ui.widgets.labels import label
from soloflow.ui.widgets.segments import Segment, Segments

OF_THE_EYES = {"language", "appearance", "stays_in_tray"}
"""Settings that belong to the person, whichever records are open."""

REFUSED = "settings_refused_"
"""Before a field's name: its text that cannot be kept, held with the window while the page is built anew."""


def keep(context: Context, **values: object) -> Settings | None:
    """Write settings at once; None after saying why they could not be written."""
    from soloflow.services.sample import is_sample

    folder = context.workspace.folder
    try:
        if is_sample(context.workspace) and values.keys() <= OF_THE_EYES:
            settings.change(folder.parent, **values)  # the sample goes, the person stays
        return settings.change(folder, **values)
    except UserError as error:
        context.notify(str(error), kind="error")
        return None


class ProfileSection(Section):
    """Name, trade name, mail, and what an hour is worth."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.add_head(_("あなたについて"))
        self.fields: dict[str, SavedField] = {}
        lines = (
            ("name", _("名前"), _("見本 太郎"), _("サイトの経歴と、書き出しに使います。")),
            ("trade_name", _("屋号"), _("見本システム工房"), _("なければ空のままでかまいません。")),
            ("mail", _("メール"), "name@example.jp", _("サイトの問い合わせ先の下書きになります。")),
            ("hourly_yen", _("1時間の値段"), "5000", _("円。勉強会にかけた時間を費用として数えるときに使います。")),
        )
        for name, title, example, hint in lines:
            made = SavedField(title, example)
            made.saved.connect(partial(self._save, name))
            self.fields[name] = made
            self.add_line(title, made, hint=hint)
        self.setFocusProxy(self.fields["name"])
        self._take_up()

    def _take_up(self) -> None:
        """A text that could not be kept outlives the rebuilding of the page."""
        for name, field in self.fields.items():
            text = self.context.property(f"{REFUSED}{name}")
            if text:
                field.setText(text)
                field.refuse(_fault(name, text))

    def refresh(self) -> None:
        """Show what is kept."""
        kept = settings.load(self.context.workspace.folder)
        for name in ("name", "trade_name", "mail"):
            self.fields[name].show_text(getattr(kept, name))
        self.fields["hourly_yen"].show_text(f"{kept.hourly_yen:,}" if kept.hourly_yen else "")

    def _save(self, name: str, text: str) -> None:
        sentence = _fault(name, text)
        self.context.setProperty(f"{REFUSED}{name}", text if sentence else "")
        if sentence:
            self.fields[name].refuse(sentence)
            return
        value = settings.read_yen(text) if name == "hourly_yen" else text
        if keep(self.context, **{name: value}) is not None:
            self.context.notify(_("保存しました"))
            # A site whose profile is not written yet takes name and address from here.
            self.context.announce(Changes(None, "", frozenset({"site_content"})), quietly=True)
            self.refresh()


def _fault(name: str, text: str) -> str:
    """Why a text of the profile cannot be kept; "" when it can."""
    if name == "mail":
        return settings.mail_fault(text)
    if name == "hourly_yen" and settings.read_yen(text) is None:
        return _("金額として読めません。5000 のように書いてください。")
    return ""


class DisplaySection(Section):
    """Language and appearance, live."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = context.theme
        self.add_head(_("表示"))
        # Each language is called by its own name, whichever is spoken now.
        languages = [Segment("ja", "日本語"), Segment("en", "English")]
        self.language = Segments(theme, languages, name=_("言語"))
        self.language.chosen.connect(self._on_language)
        self.add_line(_("言語"), self.language)
        looks = [
            Segment("system", _("自動")),
            Segment("light", _("明るい"), icon="sun"),
            Segment("dark", _("暗い"), icon="moon"),
        ]
        self.appearance = Segments(theme, looks, name=_("見た目"))
        self.appearance.chosen.connect(self._on_appearance)
        self.add_line(_("見た目"), self.appearance, hint=_("自動はパソコンの設定に合わせます。"))
        self.add_head(_("すぐに記録する"))
        self.tray = QCheckBox(_("閉じてもトレイに残す"))
        self.tray.setMinimumHeight(32)
        self.tray.setEnabled(tray.is_available())
        self.tray.toggled.connect(self._on_tray)
        here = _("ウィンドウを閉じても終わらず、画面の隅のアイコンからすぐに記録できます。")
        missing = _("このデスクトップには、アイコンを置く場所（トレイ）がありません。")
        self.add_line(_("トレイ"), self.tray, hint=here if tray.is_available() else missing)
        command = label("soloflow capture", "second")
        command.setMinimumHeight(32)
        command.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.add_line(
            _("どこからでも"), command,
            hint=_("このコマンドをデスクトップの設定でキーに割り当てると、どこからでも記録できます。"),
        )  # fmt: skip
        self.setFocusProxy(self.language)

    def refresh(self) -> None:
        """Show what is chosen."""
        kept = settings.load(self.context.workspace.folder)
        self.language.choose(i18n.language())
        self.appearance.choose(kept.appearance)
        self.tray.blockSignals(True)
        self.tray.setChecked(kept.stays_in_tray)
        self.tray.blockSignals(False)

    @Slot(str)
    def _on_language(self, language: str) -> None:
        """The window builds its pages anew, this one too: after the click is over."""
        if keep(self.context, language=language) is not None:
            QTimer.singleShot(0, self.context, partial(self.context.set_language, language))

    @Slot(bool)
    def _on_tray(self, stays: bool) -> None:
        keep(self.context, stays_in_tray=stays)

    @Slot(str)
    def _on_appearance(self, appearance: str) -> None:
        if keep(self.context, appearance=appearance) is not None:
            QTimer.singleShot(0, self.context, partial(self.context.set_appearance, appearance))
