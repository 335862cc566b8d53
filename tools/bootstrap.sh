#!/usr/bin/env bash
# Sees to the packages of the system that pip cannot bring. Run by make; does nothing when nothing is missing.
# usage: tools/bootstrap.sh run|test
# As root on Debian or Ubuntu it installs them; otherwise it prints the command and goes on, because a machine may have
# the same things under other names.
set -euo pipefail

# What the window needs: Qt's platform plugin links against these, and Japanese needs one font.
packages=(
    libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0
    libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 fonts-noto-cjk
)
if [ "${1:-run}" = test ]; then
    # A display with a window manager for the journeys, a browser for the pages, git for publishing, and the tool that
    # knows how a desktop file must be.
    packages+=(xvfb openbox xdotool chromium git desktop-file-utils poppler-utils)
fi

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    exit 0
fi
# Debian ships Python without the module that makes environments.
if [ ! -e .venv/bin/python ] && ! python3 -c 'import ensurepip' 2>/dev/null; then
    packages+=(python3-venv)
fi

# Some names became virtual (libglib2.0-0 is libglib2.0-0t64 in newer releases): Provides counts as installed.
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' | sed -n 's/^installed //p' | tr -s ' ,' '\n\n')
missing=()
for package in "${packages[@]}"; do
    grep -qxF "$package" <<<"$installed" || missing+=("$package")
done
if [ "${#missing[@]}" -eq 0 ]; then
    exit 0
fi

if [ "$(id -u)" -eq 0 ]; then
    echo "installing from the system's packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >/dev/null; then
        exit 0
    fi
    echo "some packages could not be installed; going on without them. To try again:" >&2
    echo "    apt-get update && apt-get install -y ${missing[*]}" >&2
else
    echo "まだ入っていないシステムのパッケージがあります。次のコマンドで入ります / packages of the system are missing; to install them:" >&2
    echo "    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
fi
