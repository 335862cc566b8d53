"""What a search can have found a customer by, as it is called in a list."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from soloflow.i18n import NP_, _, pgettext

if TYPE_CHECKING:  # what a search needs is not needed to show the first rows
    from soloflow.domain.excerpt import Excerpt

KINDS = {
    "contact": NP_("found", "連絡先"), "mail": NP_("found", "メール"), "phone": NP_("found", "電話"), "tag": NP_("found", "タグ"), "meetup": NP_("found", "勉強会"), "plan": NP_("found", "次の一手"),
    "memo": NP_("found", "メモ"), "activity": NP_("found", "記録"), "deal": NP_("found", "案件"), "answer": NP_("found", "質問の答え"), "title": NP_("found", "役職"), "note": NP_("found", "連絡先のメモ"),
    "source": NP_("found", "流入元"), "channel": NP_("found", "チャネル"), "url": NP_("found", "リンク"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What a word was found in, a key of `KINDS`, and the words around it."""

    kind: str
    words: "Excerpt"

    @property
    def place(self) -> str:
        """「メモ」."""
        return pgettext("found", KINDS[self.kind])

    @property
    def sentence(self) -> str:
        """「メモ：在庫が合わない」."""
        text = f"{self.words.before}{self.words.hit}{self.words.after}"
        return _("{what}：{words}").format(what=self.place, words=text)
