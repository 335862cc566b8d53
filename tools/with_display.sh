#!/usr/bin/env bash
# Runs a command on a virtual display of its own with a window manager: focus, activation and keys are real there.
# usage: tools/with_display.sh COMMAND [ARGUMENT…]
# Elsewhere than on Linux the command simply uses the display of the machine.
set -euo pipefail

if [ "$(uname -s)" != Linux ]; then
    exec "$@"
fi
for program in Xvfb openbox; do
    if ! command -v "$program" >/dev/null; then
        echo "$program is missing: see the command that tools/bootstrap.sh test prints" >&2
        exit 1
    fi
done

folder=$(mktemp -d)
display_server= window_manager=
finish() {
    for process in $window_manager $display_server; do
        kill "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM

# The server chooses a free number itself and writes it when it is ready.
mkfifo "$folder/number"
Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3<>"$folder/number" >"$folder/log" 2>&1 &
display_server=$!
if ! read -r -t 30 number <>"$folder/number"; then
    echo "Xvfb did not start:" >&2
    cat "$folder/log" >&2
    exit 1
fi
export DISPLAY=":$number" QT_QPA_PLATFORM=xcb
unset WAYLAND_DISPLAY
openbox --sm-disable >/dev/null 2>&1 &
window_manager=$!

status=0
"$@" || status=$?
exit "$status"
