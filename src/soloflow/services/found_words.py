"""What a search can have found a customer by, as it is called in a list."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from soloflow.i18n import N_, _

if TYPE_CHECKING:  # what a search needs is not needed to show the first rows
    from soloflow.domain.excerpt import Excerpt

KINDS = {
    "contact": N_("連絡先"), "mail": N_("メール"), "phone": N_("電話"), "tag": N_("タグ"), "meetup": N_("勉強会"), "plan": N_("次の一手"),
    "memo": N_("メモ"), "activity": N_("記録"), "deal": N_("案件"), "answer": N_("質問の答え"), "title": N_("役職"), "note": N_("連絡先のメモ"),
    "source": N_("流入元"), "channel": N_("チャネル"), "url": N_("リンク"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What a word was found in (shown through `_`) and the words around it."""

    kind: str
    words: "Excerpt"

    @property
    def sentence(self) -> str:
        """「メモ：在庫が合わない」."""
        text = f"{self.words.before}{self.words.hit}{self.words.after}"
        return _("{what}：{words}").format(what=_(KINDS[self.kind]), words=text)
