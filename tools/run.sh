#!/usr/bin/env bash
# Opens the window; where there is no display, does the main job without one and says where the results are.
# usage: tools/run.sh PATH-OF-SOLOFLOW
set -euo pipefail

if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
    echo "画面がないため、ウィンドウの代わりにデモを実行します / no display: running the demo instead of the window"
    "$1" demo build/demo
    echo "結果: $PWD/build/demo"
else
    exec "$1"
fi
