"""The readers under a coverage-guided fuzzer: a short run here, half an hour with SOLOFLOW_THOROUGH=1 (`make soak`)."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

HARNESS = Path(__file__).with_name("fuzz_readers.py")
SAMPLES = Path(__file__).parents[1] / "fixtures" / "capture"
LINES = (
    "十河 カワセミ食品 在庫がExcelで限界 → 火 メール",
    "山田太郎 (株)アクメ 課長 yamada@example.co.jp 090-1111-2222 #在庫管理 予算120万円 来週火曜15時 電話",
    "田中(タナカ) フリーのデザイナー 「見積が遅い」 12/5 月末 来月頭",
    "MECARD:N:髙橋,花子;SOUND:タカハシ,ハナコ;TEL:0312345678;EMAIL:a@example.jp;;",
    "株式会社アクメ\n営業部 課長\n山田 太郎 (やまだ たろう)\n〒105-0001 東京都港区1-2-3\nTEL 03-1111-2222 FAX 03-1111-2223\nyamada@example.jp",
)


@pytest.mark.timeout(2400)
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris, the fuzzer, has no wheel for this platform")
def test_no_input_that_the_fuzzer_finds_crashes_hangs_or_fills_the_memory(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    contents = [path.read_bytes()[:4000] for path in sorted(SAMPLES.iterdir())] + [line.encode() for line in LINES]
    for number, content in enumerate(contents):
        for reader in range(11):
            (seeds / f"{number}-{reader}").write_bytes(bytes([reader]) + content)
    seconds = 1800 if os.environ.get("SOLOFLOW_THOROUGH") else 12
    done = subprocess.run(
        [sys.executable, HARNESS, seeds, f"-max_total_time={seconds}", "-max_len=4096", f"-artifact_prefix={tmp_path}/found-"],
        capture_output=True, text=True, errors="replace", timeout=seconds + 300,
    )  # fmt: skip
    found = [path for path in tmp_path.iterdir() if path.name.startswith("found-")]
    assert not found, done.stderr[-4000:]
    assert done.returncode == 0, done.stderr[-4000:]
    runs = int(done.stderr.rpartition("Done ")[2].split()[0])
    assert runs > 100
