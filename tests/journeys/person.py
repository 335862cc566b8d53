"""Somebody in front of the screen: presses keys, types, clicks what can be seen, and reads what stands there.

Keys and clicks go to the window, as the window system sends them; Qt decides who gets them. So a covered button, a lost
keyboard focus or a swallowed key fails here as it would in front of a user. Japanese is typed as an input method does it:
composed first, then confirmed.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeySequence,
    QWindow,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTableView,
    QWidget,
)
from pytestqt import exceptions
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

PATIENCE_MS = 20_000
"""A busy machine is slow; what never comes is told all the same."""
DRAWN_MS = 60
MOST_ROWS = 400
MOST_TABS = 80
LATIN = re.compile(r"[ -~]+|[^ -~]+")
LEFT = Qt.MouseButton.LeftButton


class Person:
    """The user; `pictures` is where `photographs` puts what is on the screen, drawn to the end if they are `kept`."""

    def __init__(self, qtbot: QtBot, pictures: Path, *, kept: bool = False) -> None:
        self._qtbot = qtbot
        self._pictures = pictures
        self._kept = kept

    # Keys

    def presses(self, *chords: str) -> None:
        """Press chords such as "Ctrl+N", "Enter", "Alt+0" one after the other."""
        for chord in chords:
            pressed = QKeySequence(chord.replace("Enter", "Return"))[0]
            QTest.keyClick(self._keyboard_window(), pressed.key(), pressed.keyboardModifiers())
            QTest.qWait(5)

    def presses_at_once(self, chord: str) -> None:
        """Press a chord before anything else can happen, as an input method passes on the key that confirmed."""
        pressed = QKeySequence(chord.replace("Enter", "Return"))[0]
        QTest.keyClick(self._writable(), pressed.key(), pressed.keyboardModifiers())
        QTest.qWait(5)

    def types(self, text: str) -> None:
        """Type into whatever has the keyboard; what is no Latin letter goes through an input method."""
        for part in LATIN.findall(text):
            if part.isascii():
                for letter in part:
                    QTest.keyClick(self._keyboard_window(), letter)
            else:
                self.composes(part)
                self.confirms(part)
                QTest.qWait(2)  # the next key is pressed later than the one that confirmed

    def composes(self, preedit: str) -> None:
        """Have an input method show text that is not confirmed yet."""
        QApplication.sendEvent(self._writable(), QInputMethodEvent(preedit, []))

    def confirms(self, text: str) -> None:
        """Have the input method hand its text over."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(self._writable(), event)

    def writes(self, field: str, text: str) -> None:
        """Click into a field, by its name or by what stands in it while empty, and write something else there."""
        self.clicks_into(field)
        self.presses("Ctrl+A", "Delete")
        self.types(text)

    def tabs_to(self, name: str, *, back: bool = False) -> None:
        """Press Tab until the keyboard is in what is called so; everything must be reachable."""
        way = []
        for _press in range(MOST_TABS):
            here = self.keyboard_is_in()
            if name in here:
                return
            way.append(here)
            self.presses("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Tab does not lead to {name}; it leads through {way}")

    def keyboard_is_in(self) -> str:
        """The name of what has the keyboard."""
        widget = QApplication.focusWidget()
        if isinstance(widget, QAbstractButton):
            return widget.accessibleName() or widget.text()
        return "" if widget is None else widget.accessibleName()

    def keyboard_text(self) -> str:
        """What is written in the field with the keyboard."""
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit), f"the keyboard is in {self.keyboard_is_in()}"
        return field.text()

    def keyboard_is_in_hint(self) -> str:
        """What stands in the field with the keyboard while it is empty."""
        field = QApplication.focusWidget()
        return field.placeholderText() if isinstance(field, QLineEdit) else ""

    def _writable(self) -> QWidget:
        self._wait(lambda: QApplication.focusWidget() is not None, "nothing has the keyboard")
        field = QApplication.focusWidget()
        assert field is not None
        enabled = field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        assert enabled, f"{field.accessibleName() or field} takes no text"
        return field

    def _keyboard_window(self) -> QWindow:
        """The window that gets the next key; while another one comes to the front, for a moment there is none."""
        self._wait(lambda: _with_keyboard() is not None, "no window has the keyboard")
        window = _with_keyboard()
        assert window is not None
        return window

    # Mouse

    def clicks(self, words: str) -> None:
        """Click the button, the row or the words that say this."""
        found: list[tuple[QWidget, QRect]] = []

        def is_open() -> bool:
            found[:] = _places(words)[:1]
            return any(_is_within_reach(widget, rect.center()) for widget, rect in found)

        self._wait(is_open, f"「{words}」 cannot be clicked")
        widget, rect = found[0]
        self._click(widget, rect.center())

    def searches_the_list(self, text: str) -> None:
        """Go to the customers and type into the search above them."""
        self.presses("Ctrl+2")
        self.sees_field("顧客の一覧")
        self.presses("/")
        self._wait(lambda: "名前、会社" in self.keyboard_is_in_hint(), "/ does not lead to the search")
        self.types(text)

    def clicks_into(self, field: str) -> None:
        """Click into a text field."""
        self._qtbot.waitUntil(lambda: self._field(field) is not None, timeout=PATIENCE_MS)
        found = self._field(field)
        assert found is not None
        self._click(found, found.rect().center())
        self._qtbot.waitUntil(found.hasFocus, timeout=PATIENCE_MS)

    def clicks_cell(self, view: QAbstractItemView, row: int, key: str) -> None:
        """Click a part of a painted row that answers by itself: a tick, a date."""
        index = view.model().index(row, 0)
        view.scrollTo(index)
        rect = view.visualRect(index)
        for y in range(rect.top() + 3, rect.bottom(), 4):
            for x in range(rect.left(), rect.right(), 4):
                cell = view.rows.cell_at(rect, index, x, y)  # type: ignore[attr-defined]
                if cell is not None and cell.key == key:
                    self._click(view.viewport(), QPoint(x + 4, y + 4))
                    return
        raise AssertionError(f"row {row} has no {key}")

    def clicks_part(self, words: str, key: str) -> None:
        """Click a part of the painted row that says this, such as a value that is to stay."""
        widget, rect = self._find(words)
        view = widget.parentWidget()
        assert isinstance(view, QAbstractItemView), f"「{words}」 is not in a list"
        self.clicks_cell(view, view.indexAt(rect.center()).row(), key)

    def clicks_head(self, title: str) -> None:
        """Click the head of a column that is painted with this title."""
        heads = [one for one in _visible(_front()) if hasattr(one, "column_at") and hasattr(one, "title_of")]
        for head in heads:
            for x in range(0, head.width(), 8):
                column = head.column_at(x)  # type: ignore[attr-defined]
                if column and title in head.title_of(column):  # type: ignore[attr-defined]
                    self._click(head, QPoint(x + 4, head.height() // 2))
                    return
        raise AssertionError(f"no column is called {title}")

    def drags(self, card: str, column: str) -> None:
        """Drag the card that says this onto the column of that name, in several movements."""
        widget, rect = self._find(card)
        target = self._view(column)
        window = widget.window().windowHandle()
        start = self._in_window(widget, rect.center())
        end = self._in_window(target, QPoint(target.width() // 2, 30))
        QTest.mousePress(window, LEFT, Qt.KeyboardModifier.NoModifier, start)
        for step in range(1, 11):
            QTest.mouseMove(window, start + (end - start) * step / 10)
            QTest.qWait(15)
        QTest.mouseRelease(window, LEFT, Qt.KeyboardModifier.NoModifier, end)

    def drags_in(self, *files: Path) -> QMimeData:
        """Drag files from a file manager over the window, and wait with them."""
        carried = QMimeData()
        carried.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
        held = (Qt.DropAction.CopyAction, carried, LEFT, Qt.KeyboardModifier.NoModifier)
        window, place = self._drop_place()
        entering = QDragEnterEvent(place, *held)
        QApplication.sendEvent(window, entering)
        assert entering.isAccepted(), "the window does not take files"
        moving = QDragMoveEvent(place, *held)
        moving.setDropAction(entering.dropAction())  # as Qt does: the answer to entering holds until another is given
        moving.accept()
        QApplication.sendEvent(window, moving)
        assert moving.isAccepted(), "the window does not take files there"
        return carried

    def lets_go(self, carried: QMimeData) -> None:
        """Let go of what is being dragged over the window."""
        window, place = self._drop_place()
        held = (Qt.DropAction.CopyAction, carried, LEFT, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window, QDropEvent(QPointF(place), *held))

    def drops(self, *files: Path) -> None:
        """Drop files from a file manager onto the window."""
        self.lets_go(self.drags_in(*files))

    @staticmethod
    def _drop_place() -> tuple[QWindow, QPoint]:
        """What the window system tells of a drag: the window, never one of its parts."""
        window = QApplication.activeWindow()
        assert window is not None
        handle = window.windowHandle()
        return handle, QPoint(handle.width() // 2, handle.height() // 2)

    def _click(self, widget: QWidget, place: QPoint) -> None:
        if not _is_open_to_view(widget, place):
            _scroll_to(widget)
        point = self._in_window(widget, place)
        assert _is_open_to_view(widget, place), f"{widget.accessibleName() or widget} is covered"
        QTest.mouseClick(widget.window().windowHandle(), LEFT, Qt.KeyboardModifier.NoModifier, point)
        QTest.qWait(5)

    @staticmethod
    def _in_window(widget: QWidget, place: QPoint) -> QPoint:
        return widget.mapTo(widget.window(), place)

    # Eyes

    def sees(self, *words: str) -> None:
        """Wait until all of this stands on the screen."""
        for each in words:
            self._wait(lambda each=each: self.can_see(each), f"「{each}」 is not to be seen")

    def sees_whole(self, words: str) -> None:
        """Wait until this stands on the screen with nothing above it."""
        widget, rect = self._find(words)
        corners = (rect.topLeft(), rect.center(), rect.bottomRight())
        self._wait(lambda: all(_is_open_to_view(widget, corner) for corner in corners), f"「{words}」 is covered")

    def sees_no(self, words: str) -> None:
        """Wait until this stands nowhere on the screen."""
        self._wait(lambda: not self.can_see(words), f"「{words}」 is still to be seen")

    def sees_window(self, title: str) -> None:
        """Wait until the window with this title is the active one."""
        self._wait(lambda: _front().windowTitle().startswith(title), f"{title} is not in front")

    def waits_until(self, true: Callable[[], object], why: str) -> None:
        """Wait until something else is so."""
        self._wait(lambda: bool(true()), why)

    @staticmethod
    def can_see(words: str) -> bool:
        """Whether this stands on the screen just now."""
        return any(words in text for text in _texts())

    def sees_field(self, name: str) -> None:
        """Wait until the keyboard is in the field of this name."""
        self._wait(
            lambda: name in self.keyboard_is_in(), f"the keyboard is not in {name} but in {self.keyboard_is_in()}"
        )

    def keyboard_row(self) -> str:
        """What the row says on which the keyboard stands."""
        self._wait(lambda: bool(_current_row()), f"the keyboard is in no row but in {self.keyboard_is_in()}")
        return _current_row()

    def reads(self, view: str) -> list[str]:
        """The rows of the list of this name."""
        return [text for _index, text in _rows(self._view(view))]

    def clicks_ending(self, words: str) -> None:
        """Click the button whose words end so, such as 「6件を公開」, once it can be pressed."""
        self._wait(lambda: any(one.endswith(words) for one in self._offered()), f"no button ends with {words}")
        self.clicks(next(one for one in self._offered() if one.endswith(words)))

    @staticmethod
    def _offered() -> list[str]:
        return [one.text() for one in _visible(_front()) if isinstance(one, QAbstractButton) and one.isEnabled()]

    def photographs(self, name: str) -> None:
        """Keep a picture of the window in front."""
        if self._kept:
            QTest.qWait(DRAWN_MS)
        _front().grab().save(str(self._pictures / f"{name}.png"))

    def photographs_the_screen(self, name: str) -> Path:
        """Keep a picture of the whole screen, windows of other processes included."""
        picture = self._pictures / f"{name}.png"
        QGuiApplication.primaryScreen().grabWindow(0).save(str(picture))
        return picture

    def _wait(self, true: Callable[[], bool], why: str) -> None:
        try:
            self._qtbot.waitUntil(true, timeout=PATIENCE_MS)
        except exceptions.TimeoutError as error:
            raise AssertionError("\n".join((why, "on the screen:", *sorted({t for t in _texts() if t})))) from error

    # Finding what is meant

    def _find(self, words: str) -> tuple[QWidget, QRect]:
        found: list[tuple[QWidget, QRect]] = []

        def look() -> bool:
            found[:] = _places(words)
            return bool(found)

        self._wait(look, f"「{words}」 cannot be found")
        return found[0]

    def _field(self, name: str) -> QWidget | None:
        kinds = (QLineEdit, QPlainTextEdit)
        fields = [one for one in _visible(_front()) if isinstance(one, kinds)]
        exact = [one for one in fields if name in (one.accessibleName(), one.placeholderText())]
        near = [one for one in fields if name in one.accessibleName() or name in one.placeholderText()]
        return next(iter(exact + near), None)

    def _view(self, name: str) -> QAbstractItemView:
        views = [one for one in _visible(_front()) if isinstance(one, QAbstractItemView)]
        found = [one for one in views if name in one.accessibleName()]
        assert found, f"no list is called {name}: {[one.accessibleName() for one in views]}"
        return found[0]


def _front() -> QWidget:
    """The window that a click would meet."""
    window = QApplication.activePopupWidget() or QApplication.activeModalWidget() or QApplication.activeWindow()
    assert window is not None, "no window is active"
    return window


def _with_keyboard() -> QWindow | None:
    popup = QApplication.activePopupWidget()
    return popup.windowHandle() if popup is not None else QGuiApplication.focusWindow()


def _current_row() -> str:
    view = QApplication.focusWidget()
    if not isinstance(view, QAbstractItemView):
        return ""
    return next((text for index, text in _rows(view) if index.row() == view.currentIndex().row()), "")


def _visible(window: QWidget) -> Iterator[QWidget]:
    return (one for one in window.findChildren(QWidget) if one.isVisible())


def _texts() -> Iterator[str]:
    """Everything that can be read on the screen."""
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            yield window.windowTitle()
            yield from _words(window)
            for one in _visible(window):
                yield from _words(one)


def _words(one: QWidget) -> Iterator[str]:
    yield one.accessibleName()
    if isinstance(one, QLabel | QAbstractButton | QLineEdit):
        yield one.text()
    elif isinstance(one, QComboBox):
        yield one.currentText()
    elif isinstance(one, QMenu):
        yield from (action.text() for action in one.actions())
    elif isinstance(one, QPlainTextEdit):
        yield one.toPlainText()
    elif isinstance(one, QAbstractItemView):
        yield from (text for _index, text in _rows(one))


def _rows(view: QAbstractItemView) -> Iterator[tuple[QModelIndex, str]]:
    model = view.model()
    columns = model.columnCount() if isinstance(view, QTableView) else 1
    for row in range(min(MOST_ROWS, model.rowCount()) if model is not None else 0):
        texts = []
        for column in range(columns):
            index = model.index(row, column)
            spoken = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
            shown = spoken or model.data(index, Qt.ItemDataRole.DisplayRole)
            if isinstance(shown, str):
                texts.append(shown)
        yield model.index(row, 0), "　".join(texts)


def _places(words: str) -> list[tuple[QWidget, QRect]]:
    """Where these words stand in the window in front: buttons with just these words first, then rows, then the rest."""
    there = list(_visible(_front()))
    buttons = [one for one in there if isinstance(one, QAbstractButton) and one.isEnabled()]
    exact = [one for one in buttons if words in (one.text(), one.accessibleName())]
    begun = [one for one in buttons if one.text().startswith(words) or one.accessibleName().startswith(words)]
    found = [(one, one.rect()) for one in exact + begun]
    for view in there:
        if isinstance(view, QAbstractItemView):
            for index, text in _rows(view):
                if words in text:
                    view.scrollTo(index)
                    found.append((view.viewport(), view.visualRect(index)))
    if isinstance(menu := _front(), QMenu):
        found += [(menu, menu.actionGeometry(action)) for action in menu.actions() if words in action.text()]
    found += [(one, one.rect()) for one in there if isinstance(one, QLabel) and words in one.text()]
    return found


def _is_open_to_view(widget: QWidget, place: QPoint) -> bool:
    """Whether a point of a widget is what the window shows there."""
    hit = widget.window().childAt(widget.mapTo(widget.window(), place))
    if hit is None:  # a menu is a window without parts
        return widget.isWindow() and widget.rect().contains(place)
    return hit is widget or widget.isAncestorOf(hit) or hit.isAncestorOf(widget)


def _is_within_reach(widget: QWidget, place: QPoint) -> bool:
    """Whether it can be clicked once it is scrolled into sight; what is renewed meanwhile is looked for anew."""
    _scroll_to(widget)
    return isValid(widget) and _is_open_to_view(widget, place)


def _scroll_to(widget: QWidget) -> None:
    """What lies outside a scrolling page is brought into sight, as with the wheel."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 0, above.height() // 3)
        elif isinstance(above, QAbstractScrollArea) and not isinstance(above, QAbstractItemView):
            break
        above = above.parentWidget()
    QTest.qWait(5)
