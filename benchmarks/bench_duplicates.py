"""Promise: the whole contact book of 100,000 people is looked through for duplicates within 30 s, in the background.

The floor is what any search must do: read all of it and group by equal keys. Precision and recall are told on an invented set
of which the truth is known: `python benchmarks/bench_duplicates.py [PEOPLE]`.
"""

import random
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from make_profile import FAMILIES, GIVENS, PLACES, TRADES
from soloflow import app
from soloflow.domain.text import mail_key, phone_key
from soloflow.services import duplicates
from soloflow.store import duplicates as stored
from soloflow.store.database import connect

GOAL_S = 30.0
TWINS = 0.05
"""So many of the people are there twice."""
MORE_FAMILIES = [
    "青木",
    "秋山",
    "新井",
    "石川",
    "石田",
    "今井",
    "岩崎",
    "上田",
    "遠藤",
    "大野",
    "岡田",
    "小川",
    "奥村",
    "尾崎",
    "川口",
    "菊地",
    "工藤",
    "後藤",
    "近藤",
    "酒井",
    "桜井",
    "柴田",
    "島田",
    "菅原",
    "杉山",
    "関口",
    "高木",
    "竹内",
    "谷口",
    "土屋",
    "内藤",
    "永井",
    "西田",
    "野村",
    "萩原",
    "平田",
    "福田",
    "藤井",
    "古川",
    "星野",
    "本田",
    "前田",
    "増田",
    "松田",
    "三浦",
    "水野",
    "宮本",
    "村上",
    "望月",
    "安田",
    "横山",
    "和田",
]
MORE_GIVENS = [
    "明",
    "勇",
    "修",
    "拓也",
    "和也",
    "浩二",
    "隆",
    "学",
    "亮",
    "翼",
    "蓮",
    "湊",
    "樹",
    "陸",
    "海斗",
    "千尋",
    "真由",
    "香織",
    "智子",
    "裕子",
    "麻衣",
    "彩",
    "葵",
    "結衣",
    "優子",
    "綾",
    "久美子",
    "恵子",
    "洋介",
    "雄一",
]
STEMS = [
    "アオ",
    "ミナ",
    "カワ",
    "ツム",
    "シノ",
    "ハレ",
    "シラ",
    "ワカ",
    "オリ",
    "ツキ",
    "ヒノ",
    "ナギ",
    "ホシ",
    "ユキ",
    "カゼ",
    "モリ",
    "ソラ",
    "イズ",
    "トワ",
    "リン",
]
ORDERS = {"株式会社{}": "{}(株)", "{}株式会社": "{}㈱", "有限会社{}": "(有){}", "{}": "株式会社{}"}


@dataclass
class Invented:
    """People as rows, and which of them are one."""

    rows: dict[str, list[tuple[object, ...]]] = field(default_factory=lambda: defaultdict(list))
    truth: dict[tuple[int, int], str] = field(default_factory=dict)
    """Pairs of contacts that are one person, with what makes them differ."""
    customers: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, company: str, points: list[tuple[str, str, str]], kana: str = "") -> int:
        """One contact, at a customer of exactly that name."""
        if not company or company not in self.customers:
            customer = 1 + len(self.rows["prospects"])
            self.rows["prospects"].append((customer, company or name, not company, 0))
            if company:
                self.customers[company] = customer
        customer = self.customers[company] if company else customer
        contact = 1 + len(self.rows["contacts"])
        family, _space, given = name.partition(" ")
        self.rows["contacts"].append((contact, customer, name, family if given else "", given, kana, 0))
        for kind, label, value in points:
            key = mail_key(value) if kind == "mail" else phone_key(value)
            self.rows["contact_points"].append((contact, kind, label, value, key))
        return contact


COLUMNS = {
    "prospects": "id, name, is_person, created_us",
    "contacts": "id, prospect_id, name, family, given, kana, created_us",
    "contact_points": "contact_id, kind, label, value, key",
}


def invent(people: int) -> Invented:
    """That many people: most once, some twice in the ways files bring them twice, some who only look like others."""
    chance, made = random.Random(people), Invented()
    families = [*FAMILIES, *((one, "") for one in MORE_FAMILIES)]
    givens = [*GIVENS, *((one, "") for one in MORE_GIVENS)]
    twins = iter(TWIN_KINDS * people)
    while len(made.rows["contacts"]) < people:
        number = len(made.rows["contacts"])
        family, given = chance.choice(families), chance.choice(givens)
        if chance.random() < TWINS and not (family[1] and given[1]):
            family, given = chance.choice(FAMILIES), chance.choice(GIVENS)
        name, kana = f"{family[0]} {given[0]}", f"{family[1]} {given[1]}" if family[1] and given[1] else ""
        bare = chance.choice(STEMS) + chance.choice(PLACES) + chance.choice(TRADES)
        form = chance.choice(list(ORDERS))
        host = f"c{hash_of(bare)}.example"
        mail, mobile = ("mail", "", f"u{number}@{host}"), ("phone", "mobile", f"090{number:08}")
        office = ("phone", "company", f"03{hash_of(bare):08}")
        one = made.add(name, form.format(bare), [mail, mobile, office], kana)
        if chance.random() < TWINS:
            kind = next(twins)
            other = TWIN[kind](made, chance, name, kana, bare, form, mail, mobile, office)
            if other is not None:
                made.truth[one, other] = kind
            elif kind == "father and son":
                made.add(f"{family[0]} 健志郎", "", [mobile])
            else:
                made.add(name, form.format(bare), [("mail", "", f"x{number}@{host}"), office])
    return made


def hash_of(text: str) -> int:
    """A number that is the same in every run."""
    return sum(ord(letter) * 131**place for place, letter in enumerate(text)) % 99_999_989


def _variant(made, chance, name, kana, bare, form, mail, mobile, office):  # type: ignore[no-untyped-def]
    other = name.translate(str.maketrans("渡邉斎髙崎", "渡辺斉高﨑"))
    return made.add(other, ORDERS[form].format(bare), [mail])


def _same_company(made, chance, name, kana, bare, form, mail, mobile, office):  # type: ignore[no-untyped-def]
    return made.add(name, ORDERS[form].format(bare), [office])


def _alone(made, chance, name, kana, bare, form, mail, mobile, office):  # type: ignore[no-untyped-def]
    return made.add(name, "", [mobile])


def _latin(made, chance, name, kana, bare, form, mail, mobile, office):  # type: ignore[no-untyped-def]
    from soloflow.domain.romaji import romaji

    if not kana:
        return _variant(made, chance, name, kana, bare, form, mail, mobile, office)
    family, given = (romaji(part).capitalize() for part in kana.split())
    return made.add(f"{given} {family}", ORDERS[form].format(bare), [])


def _misspelt(made, chance, name, kana, bare, form, mail, mobile, office):  # type: ignore[no-untyped-def]
    wrong = name[:-1] + ("汰" if name[-1] != "汰" else "太")
    return made.add(wrong, form.format(bare), [office] if len(name) > 4 else [mobile])


def _married(made, chance, name, kana, bare, form, mail, mobile, office):  # type: ignore[no-untyped-def]
    return made.add(f"{chance.choice(MORE_FAMILIES)} {name.split()[1]}", ORDERS[form].format(bare), [mail])


def _new_job(made, chance, name, kana, bare, form, mail, mobile, office):  # type: ignore[no-untyped-def]
    return made.add(name, f"{chance.choice(STEMS)}{chance.choice(PLACES)}転職先{chance.random():.6f}", [mobile])


def _nobody(made, chance, name, kana, bare, form, mail, mobile, office):  # type: ignore[no-untyped-def]
    return None


TWIN = {
    "異体字, (株)": _variant, "same name, company written otherwise": _same_company, "card beside a private mobile": _alone,
    "romaji": _latin, "a wrong letter": _misspelt, "a married name": _married, "a new job": _new_job,
    "father and son": _nobody, "namesakes in one company": _nobody,
}  # fmt: skip
TWIN_KINDS = list(TWIN)


def write(ws: app.Workspace, made: Invented) -> None:
    """Put the rows into an empty profile."""
    with closing(connect(ws.store.path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for table, columns in COLUMNS.items():
            marks = ",".join("?" * (columns.count(",") + 1))
            connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", made.rows[table])
        connection.execute("COMMIT")


def floor(ws: app.Workspace) -> int:
    """Read everybody and group by equal keys: what no search can do without."""
    groups: defaultdict[object, list[int]] = defaultdict(list)
    with ws.store.read() as reader:
        for contact, _kind, _label, key in stored.points(reader):
            groups[key].append(contact)
        for contact, _customer, name, _family, _given, _kana, company in stored.people(reader):
            groups[name, company].append(contact)
    return sum(len(group) > 1 for group in groups.values())


def tell_truth(found: tuple[duplicates.Pair, ...], made: Invented) -> None:
    """How much of what was found is true, and how much of what is true was found."""
    people = {(pair.first, pair.second): pair.certainty for pair in found if pair.kind == "contact"}
    for certainty in duplicates.CERTAINTIES:
        told = [pair for pair, one in people.items() if one == certainty]
        right = sum(pair in made.truth for pair in told)
        share = right / len(told) if told else 1.0
        print(f"{certainty:10} {len(told):6,} pairs of people, {right:6,} of them true: precision {share:.3f}")
    for kind, total in Counter(made.truth.values()).items():
        got = Counter(people.get(pair, "missed") for pair, one in made.truth.items() if one == kind)
        counts = ", ".join(f"{word} {got[word]:,}" for word in (*duplicates.CERTAINTIES, "missed") if got[word])
        print(f"  {kind:38} {total:5,}: {counts}")
    every = sum(pair in people for pair in made.truth)
    print(f"recall of all {len(made.truth):,}: {every / len(made.truth):.3f}")


def main() -> None:
    """Measure and print."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    made = invent(size)
    with tempfile.TemporaryDirectory() as place:
        ws = app.open_workspace(Path(place))
        write(ws, made)
        started = time.process_time()
        floor(ws)
        least = time.process_time() - started
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started, begun = time.perf_counter(), time.process_time()
        found = duplicates.scan(ws)
        took, worked = time.perf_counter() - started, time.process_time() - begun
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        contacts = [len(made.rows["contacts"]) - number * 7 for number in range(20)]
        started = time.perf_counter()
        for contact in contacts:
            duplicates.found_for(ws, [contact])
        each = (time.perf_counter() - started) / len(contacts) * 1000
        ws.store.close()
    print(f"reading all and grouping by equal keys  {least:6.2f} s of the processor")
    print(
        f"the whole scan, {size:,} people       {worked:6.2f} s of the processor, {took:.2f} s by the clock; goal ≤ {GOAL_S:.0f} s"
    )
    print(f"ratio to the floor                      ×{worked / least:.1f}")
    print(f"pairs                                   {len(found):,}; {more:.0f} MB more at the peak")
    print(f"near one contact (without search words) {each:6.1f} ms")
    tell_truth(found, made)


if __name__ == "__main__":
    main()
