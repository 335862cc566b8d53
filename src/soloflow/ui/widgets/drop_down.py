"""A filter as a drop-down list: everything, or one of a list that is renewed with the records. 28 high."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QSizePolicy


class DropDown(QComboBox):
    """`key` is the choice; `offer` renews the list and keeps the choice where it still exists."""

    def __init__(self, everything: str, name: str) -> None:
        super().__init__()
        self._everything = everything
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedHeight(28)
        self.setMaxVisibleItems(20)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumWidth(96)
        self.setMaximumWidth(176)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.addItem(everything, None)

    def offer(self, choices: Sequence[tuple[int, str]]) -> None:
        """Renew the list; the choice stays where it still exists."""
        wanted = [(self._everything, None), *((name, key) for key, name in choices)]
        if wanted == [(self.itemText(row), self.itemData(row)) for row in range(self.count())]:
            return
        chosen = self.currentData()
        self.clear()
        for name, key in wanted:
            self.addItem(name, key)
        self.setCurrentIndex(max(0, self.findData(chosen)))

    @property
    def key(self) -> int | None:
        """The id of the choice; None for everything."""
        found: int | None = self.currentData()
        return found
