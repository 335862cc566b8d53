"""Qt's own words (dialog buttons, context menus of fields) in the language of the program."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

NAME = "qt-words"


def use_qt_words(language: str) -> None:
    """Load Qt's catalogue of that language in place of the last one; English needs none."""
    app = QCoreApplication.instance()
    assert app is not None
    old = app.findChild(QTranslator, NAME)
    if old is not None:
        app.removeTranslator(old)
        old.setParent(None)
    if language != "en":
        words = QTranslator(app)
        words.setObjectName(NAME)
        if words.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(words)
