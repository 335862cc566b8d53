#!/usr/bin/env bash
# Writes requirements/*.txt from pyproject.toml: exact versions with hashes, for every platform, no index addresses.
# usage: tools/lock.sh PYTHON
# uv resolves for all platforms at once, which pip cannot; it lives in build/ and is no dependency of the project.
set -euo pipefail

"$1" -m venv build/lock
build/lock/bin/python -m pip --disable-pip-version-check install --no-input --quiet 'uv>=0.8,<1'
compile() {
    build/lock/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --python-version 3.11 "$@"
}
cd "$(dirname "$0")/.."
compile pyproject.toml -o requirements/runtime.txt
compile --group build -c requirements/runtime.txt -o requirements/build.txt
compile pyproject.toml --group dev -c requirements/runtime.txt -c requirements/build.txt -o requirements/dev.txt
