"""見方: what the lenses are called and what each of them shows. Loads nothing that counts."""

from soloflow.i18n import _, pgettext, sentences


def lens_name(key: str) -> str:
    """What a lens is called; "" is the nine stages."""
    names = {"": _("9工程"), "form": _("顧客の形"), "five_a": pgettext("lens", "5A"), "jobs": pgettext("lens", "役割")}
    return names[key]


def lens_sentence(key: str) -> str:
    """What a lens shows, in a sentence for its tooltip."""
    return {
        "": _("9つの工程を1つずつ見ます"),
        "form": _("お客様との関係の形で見ます：潜在顧客 → 見込顧客 → 新規顧客 → 既存顧客 → 優良顧客・推奨者"),
        "five_a": _("お客様の気持ちの動きで見ます：認知 → 訴求 → 調査 → 行動 → 推奨"),
        "jobs": _(
            "いま自分がする仕事で見ます。マーケティング：案件の発見、営業：クッキング・クロージング、"
            "事務：納品・代金回収、カスタマーサクセス：フォロー・CS向上"
        ),
    }[key]


def lens_limits(key: str, late: int) -> str:
    """How the rates of a lens are counted and what it leaves out; `late` came in at a later stage of a step."""
    if not key:
        return ""
    said = [_("率は、その段階の最初の工程から、次の段階の最初の工程まで。")]
    if late:
        said.append(_("段階の途中の工程から入った{count}社は、その段階に数えません。").format(count=f"{late:,}"))
    if key == "jobs":
        said.append(
            _(
                "名簿での「ターゲットの発見」は工程に入る前なので、ここにはありません。"
                "「代金回収」と「フォロー」の境目は入金で、工程の記録からは分けられないため、1つにしています。"
            )
        )
    return sentences(said)
