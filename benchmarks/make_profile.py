"""Makes a large invented profile: `python benchmarks/make_profile.py FOLDER [CUSTOMERS]` (default 100,000).

The same number always gives the same people. About 2.5 log entries, one contact, one mail and one phone each; a follow-up for
every third, a tag and a deal for every fourth.
"""

import random
import sys
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from soloflow.domain.text import mail_key, phone_key
from soloflow.services.workspace import Workspace
from soloflow.store import derived
from soloflow.store.database import FILE_NAME, connect, open_store

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
FAMILIES = (
    ("佐藤", "サトウ"), ("鈴木", "スズキ"), ("髙橋", "タカハシ"), ("田中", "タナカ"), ("伊藤", "イトウ"), ("渡邉", "ワタナベ"),
    ("山本", "ヤマモト"), ("中村", "ナカムラ"), ("小林", "コバヤシ"), ("加藤", "カトウ"), ("吉田", "ヨシダ"), ("山田", "ヤマダ"),
    ("佐々木", "ササキ"), ("山口", "ヤマグチ"), ("松本", "マツモト"), ("井上", "イノウエ"), ("木村", "キムラ"), ("林", "ハヤシ"),
    ("斎藤", "サイトウ"), ("清水", "シミズ"), ("山崎", "ヤマザキ"), ("森", "モリ"), ("池田", "イケダ"), ("橋本", "ハシモト"),
)  # fmt: skip
GIVENS = (
    ("太郎", "タロウ"), ("花子", "ハナコ"), ("一郎", "イチロウ"), ("咲", "サキ"), ("健", "ケン"), ("美咲", "ミサキ"), ("翔太", "ショウタ"),
    ("陽子", "ヨウコ"), ("誠", "マコト"), ("恵", "メグミ"), ("大輔", "ダイスケ"), ("由美", "ユミ"), ("直樹", "ナオキ"), ("愛", "アイ"),
)  # fmt: skip
PLACES = (
    "北沢", "南町", "東雲", "西野", "青葉", "緑川", "白石", "黒部", "金沢", "銀座", "川上", "山手", "海老名", "港", "三島", "四谷", "五条", "六甲",
    "七尾", "八幡", "九段", "十和田", "朝日", "星野", "月島", "日の出", "花園", "鳥居", "竹内", "松原",
)  # fmt: skip
TRADES = (
    "製作所", "商事", "電機", "精工", "物流", "建設", "印刷", "食品", "化学", "システム", "不動産", "運輸", "工業", "設計", "デザイン", "医療", "教育",
    "観光", "農園", "水産", "出版", "通商", "技研", "ソフト",
)  # fmt: skip
FORMS = ("株式会社{}", "{}株式会社", "有限会社{}", "合同会社{}", "{}", "株式会社{}")
TAGS = ("在庫管理", "勉強会", "紹介", "EC", "経理", "採用", "AI", "医療")
MEETUPS = tuple(f"第{number}回 町工場×ソフト夜話" for number in range(1, 26))
ADVANCE = (0, 0.48, 0.5, 0.5, 0.4, 0.8, 0.6, 0.8, 0.1)
"""Chance to go on from each stage."""


def fill(ws: Workspace, customers: int) -> float:
    """Write that many customers into an empty profile; the seconds that making the derived rows took."""
    chance = random.Random(customers)
    with closing(connect(ws.store.path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for table, rows in _tables(chance, customers).items():
            marks = ",".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} ({COLUMNS[table]}) VALUES ({marks})", rows)
        started = time.perf_counter()
        derived.rebuild(connection)
        took = time.perf_counter() - started
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return took


COLUMNS = {
    "tags": "id, name",
    "meetups": "id, name, held_on",
    "prospects": "id, name, kana, is_person, channel_id, created_us",
    "contacts": "id, prospect_id, name, family, given, kana, created_us",
    "contact_points": "contact_id, kind, value, key",
    "stage_transitions": "prospect_id, kind, from_stage, to_stage, at_us, recorded_us, reason",
    "follow_ups": "prospect_id, kind, due_on, text, is_recontact, created_us",
    "activities": "prospect_id, kind, at_us, text, meetup_id",
    "prospect_tags": "prospect_id, tag_id",
    "deals": "prospect_id, name, state, expected_yen, created_us",
}


def _tables(chance: random.Random, customers: int) -> dict[str, list[tuple[object, ...]]]:
    tables: dict[str, list[tuple[object, ...]]] = {table: [] for table in COLUMNS}
    tables["tags"] = [(number, name) for number, name in enumerate(TAGS, start=1)]
    tables["meetups"] = [(number, name, "2026-10-01") for number, name in enumerate(MEETUPS, start=1)]
    for number in range(1, customers + 1):
        _somebody(chance, number, tables)
    return tables


def _somebody(chance: random.Random, number: int, tables: dict[str, list[tuple[object, ...]]]) -> None:
    family, given = chance.choice(FAMILIES), chance.choice(GIVENS)
    name, kana = f"{family[0]} {given[0]}", f"{family[1]} {given[1]}"
    is_person = number % 7 == 0
    company = chance.choice(FORMS).format(chance.choice(PLACES) + chance.choice(PLACES) + chance.choice(TRADES))
    born = _us(NOW - timedelta(days=chance.uniform(1, 900)))
    mail, phone = f"user{number}@example.jp", f"090-{number // 10_000:04}-{number % 10_000:04}"
    tables["prospects"].append(
        (number, name if is_person else company, kana if is_person else "", is_person, 1 + number % 8, born)
    )
    tables["contacts"].append((number, number, name, family[0], given[0], kana, born))
    tables["contact_points"] += [(number, "mail", mail, mail_key(mail)), (number, "phone", phone, phone_key(phone))]
    tables["activities"].append(
        (
            number,
            "note",
            born,
            f"{chance.choice(TAGS)}の話をした。{chance.choice(PLACES)}で会った",
            1 + number // 5 % 25 if number % 5 == 0 else None,
        )
    )
    kind = _walk(chance, number, born, tables["stage_transitions"]) if number % 20 else ""
    if number % 3 == 0:
        due = date(2026, 11, 21) + timedelta(days=chance.randint(-20, 120))
        tables["follow_ups"].append((number, "mail", due.isoformat(), "連絡する", kind == "recycle", born))
    if number % 4 == 0:
        tables["prospect_tags"].append((number, 1 + chance.randrange(len(TAGS))))
        tables["deals"].append((number, "開発", "expected", chance.randrange(10, 300) * 10_000, born))


def _walk(chance: random.Random, number: int, start: int, log: list[tuple[object, ...]]) -> str:
    """One customer's way through the stages; the kind of its last entry."""
    now, at, stage = _us(NOW), start, 1
    log.append((number, "enter", None, 1, at, at, None))
    while True:
        at += round(chance.expovariate(1 / 20) * 86_400_000_000)
        if at > now:
            return "advance"
        if stage < 9 and chance.random() < ADVANCE[stage]:
            log.append((number, "advance", stage, stage + 1, at, at, None))
            stage += 1
        else:
            kind = "lose" if chance.random() < 0.6 else "recycle"
            log.append((number, kind, stage, None, at, at, "timing"))
            if chance.random() < 0.9:
                return kind
            at += round(chance.expovariate(1 / 90) * 86_400_000_000)
            if at > now:
                return kind
            log.append((number, "reactivate", stage, stage, at, at, None))


def _us(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000


def main(folder: Path, customers: int) -> None:
    """Make the profile and say how long it took."""
    began = time.perf_counter()
    store = open_store(folder / FILE_NAME)
    took = fill(Workspace(store, folder, lambda: NOW, ZoneInfo("Asia/Tokyo")), customers)
    store.close()
    size = store.path.stat().st_size / 2**20
    print(
        f"{customers:,} customers, {size:.0f} MB, in {time.perf_counter() - began:.1f} s; derived rows {took:.1f} s of it"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
