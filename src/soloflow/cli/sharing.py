"""`soloflow qr card|site`: one's own codes as a picture, or in the terminal."""

import argparse
import sys
from typing import TYPE_CHECKING

from soloflow.cli.parsing import opened_to_read, path
from soloflow.domain.errors import UserError
from soloflow.i18n import _, listed

if TYPE_CHECKING:
    from soloflow.cli.parsing import Commands
    from soloflow.services.sharing import OwnCard
    from soloflow.services.workspace import Workspace


def add_to(commands: "Commands") -> None:
    """Make these commands known."""
    qr = commands.add_parser("qr", help=_("自分のQRコードを出す：名刺、サイトのリンク"))
    kinds = qr.add_subparsers(metavar=_("種類"), title=_("種類"), required=True)
    for name, text in (("card", _("名刺（vCard）")), ("site", _("サイトのリンク"))):
        kind = kinds.add_parser(name, help=text)
        kind.add_argument(
            "out", type=path, nargs="?", metavar="OUT", help=_("書き出す先（.png か .svg）。なければ端末に描く")
        )
        kind.options.add_argument(
            "--meetup", metavar=_("名前"), help=_("勉強会の名前：リンクにその印を付ける（なければつくる）")
        )
        kind.set_defaults(command=_qr, kind=name)


def _qr(options: argparse.Namespace) -> int:
    from soloflow.services import sharing

    with opened_to_read(options) as ws:
        meetup = _meetup(ws, options.meetup) if options.meetup else None
        if meetup is not None and sharing.site_link(ws):
            sharing.ensure_code(ws, meetup)
        card = sharing.own_card(ws, meetup)
        is_link = options.kind == "site"
        drawing = sharing.draw(_link(card) if is_link else _card(card, sharing.chosen_parts(ws)))
        if options.out is not None:
            sharing.write(drawing, options.out)
            print(options.out)
        else:
            print(_in_black_and_white(sharing.as_blocks(drawing)))
        if is_link:
            print(card.site)
    return 0


def _meetup(ws: "Workspace", name: str) -> int:
    """The newest meetup of that name, or the only one whose name has these words in it."""
    from soloflow.domain.text import name_key
    from soloflow.services import meetups

    known = meetups.recent(ws, limit=10_000)
    same = [one for one in known if name_key(one.name) == name_key(name)]
    alike = [one for one in known if name_key(name) in name_key(one.name)]
    if same or len(alike) == 1:
        return (same or alike)[0].id
    words = _("「{name}」という勉強会はありません。{offered}何も変えていません。")
    offered = _("もしかして：{names}。").format(names=listed(one.name for one in alike[:5])) if alike else ""
    raise UserError(words.format(name=name, offered=offered))


def _link(card: "OwnCard") -> str:
    if not card.site:
        raise UserError(
            _(
                "サイトのアドレスがまだありません。サイトのページの「基本」に、公開するアドレス（https://…）を書いてください。"
            )
        )
    return card.site


def _card(card: "OwnCard", parts: "tuple[str, ...]") -> str:
    from soloflow.services import sharing

    if not card.is_known:
        raise UserError(_("あなたの名前がまだありません。設定のプロフィールに、名前か屋号を書いてください。"))
    return sharing.card_text(card.only(parts))


def _in_black_and_white(blocks: str) -> str:
    """In a terminal the same on light and dark grounds; into a file or a pipe go the blocks alone."""
    if not sys.stdout.isatty():
        return blocks
    return "\n".join(f"\x1b[97;40m{line}\x1b[0m" for line in blocks.splitlines())
