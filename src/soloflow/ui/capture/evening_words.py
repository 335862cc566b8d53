"""今夜 in the evening, 今日 before: the sentences that speak of the people written down."""

from dataclasses import dataclass

from soloflow.i18n import _


@dataclass(frozen=True, slots=True)
class Words:
    """`count` and `done` have the placeholders {count} and {entered}."""

    listed: str
    none_yet: str
    count: str
    done: str
    end: str
    take_back: str


def wording_of(is_evening: bool) -> Words:
    """The sentences for this time of day."""
    if is_evening:
        return Words(
            _("今夜の人"),
            _("今夜の記録は、これからです"),
            _("今夜の{count}人"),
            _("今夜は{count}人を記録しました。{entered}社が集客に入っています。"),
            _("今夜はここまで"),
            _("今夜をまとめて取り消す"),
        )
    return Words(
        _("今日の人"),
        _("今日の記録は、これからです"),
        _("今日の{count}人"),
        _("今日は{count}人を記録しました。{entered}社が集客に入っています。"),
        _("今日はここまで"),
        _("今日をまとめて取り消す"),
    )
