#!/usr/bin/env bash
# Sets up what `make run` (argument: run) or `make test` (argument: test) needs: system libraries
# where they may be installed, the virtual environment, and the pinned packages of the lock files.
set -euo pipefail
cd "$(dirname "$0")/.."

what=${1:-run}
python=${PYTHON:-python3}

# What Qt, PortAudio and the tests load; package names of Debian and Ubuntu.
run_packages=(
  libportaudio2 libasound2-plugins libegl1 libgl1 libglib2.0-0 libfontconfig1 libdbus-1-3
  libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-image0
  libxcb-render-util0 fonts-dejavu-core
)
test_packages=(xvfb xdotool dbus pulseaudio pulseaudio-utils flite procps tidy poppler-utils)
if ! { command -v chromium || command -v chromium-browser || command -v google-chrome; }; then
  test_packages+=(chromium)
fi >/dev/null

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

is_installed() {
  dpkg-query --show --showformat='${Status}' "$1" 2>/dev/null | grep -q 'ok installed' && return
  # Renamed packages (libglib2.0-0t64 for libglib2.0-0) provide the old name.
  dpkg-query --show --showformat='${Status} ${Provides}\n' "$1t64" 2>/dev/null | grep -q 'ok installed'
}

install_system_packages() {
  command -v dpkg-query >/dev/null || {
    [ "$(uname)" = Linux ] && echo "Not Debian or Ubuntu: if sound or the window does not start," \
      "install your system's packages for: $*" >&2
    return 0
  }
  local missing=()
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local line="apt-get install -y --no-install-recommends ${missing[*]}"
  if [ "$(id -u)" = 0 ]; then
    echo "Installing system packages: ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $line -qq >/dev/null
  elif [ "$what" = test ]; then
    fail "System packages are missing. Install them and run this again:" "  sudo $line"
  else
    echo "System packages are missing; without them the window or the sound may not work:" >&2
    echo "  sudo $line" >&2
  fi
}

check_python() {
  command -v "$python" >/dev/null ||
    fail "$python was not found. Install Python 3.11 or newer, or say: make PYTHON=/path/to/python"
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$("$python" --version) is too old: VoicePrep needs Python 3.11 or newer." \
      "If you have one: make PYTHON=python3.12"
}

make_environment() {
  [ -x .venv/bin/python ] && .venv/bin/python -c 'import pip' 2>/dev/null && return 0
  "$python" -c 'import ensurepip, venv' 2>/dev/null || {
    local version
    version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    install_system_packages "$version"
  }
  echo "Making the virtual environment .venv"
  "$python" -m venv --clear .venv || fail "The virtual environment could not be made." \
    "On Debian or Ubuntu: sudo apt-get install python3-venv"
}

install_locked() {
  echo "Installing the packages of $1 (the first time this takes a minute or two)"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
    --requirement "$1" || fail "The packages could not be installed; the message above says why." \
    "They come from the Python package index: is there a network? Then run this again."
}

check_python
case $what in
  run)
    install_system_packages "${run_packages[@]}"
    make_environment
    install_locked requirements.lock
    touch .venv/ready
    ;;
  test)
    install_system_packages "${test_packages[@]}"
    install_locked requirements-dev.lock
    touch .venv/ready-dev
    ;;
  *) fail "Usage: tools/setup.sh run|test" ;;
esac
