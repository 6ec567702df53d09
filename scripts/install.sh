#!/usr/bin/env bash
# Installs what undersong needs and this machine lacks, and says what and why. More packages may be named as arguments.
set -euo pipefail

missing=()
lacks() { # package, why
  missing+=("$1")
  printf '  %-20s %s\n' "$1" "$2"
}

any_file() { # whether one of these files is there
  local file
  for file in "$@"; do [ -e "$file" ] && return 0; done
  return 1
}

fonts() { # places where Noto fonts lie
  any_file /usr/share/fonts/truetype/noto/"$1"* /usr/share/fonts/opentype/noto/"$1"* /usr/share/fonts/noto*/"$1"* /usr/share/fonts/google-noto*/"$1"*
}

has() { # whether a tool is there; PostgreSQL's are not on the search path on Debian
  case "$1" in
    postgresql) command -v initdb >/dev/null || any_file /usr/lib/postgresql/*/bin/initdb ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

list_missing() {
  command -v cc >/dev/null || lacks gcc "links the program"
  ! command -v apt-get >/dev/null || any_file /usr/include/stdio.h || lacks libc6-dev "links the program"
  { command -v ffmpeg && command -v ffprobe; } >/dev/null || lacks ffmpeg "opens and writes films"
  [ -n "${UNDERSONG_SOUNDFONT:-}" ] || any_file /usr/share/sounds/sf2/FluidR3_GM.sf2 /usr/share/soundfonts/FluidR3_GM.sf2 ||
    lacks fluid-soundfont-gm "recorded instruments (149 MB); without it our own voices play"
  fonts NotoSans- || lacks fonts-noto-core "letters for titles"
  fonts NotoSansCJK || lacks fonts-noto-cjk "Chinese, Japanese and Korean letters for titles"
  any_file /usr/share/fonts/truetype/ancient-scripts/Symbola* /usr/share/fonts/*/Symbola* || lacks fonts-symbola "emoji in titles"
  local tool
  for tool in "$@"; do has "$tool" || lacks "$tool" "this task"; done
}

root() { # as root, asking only if we are not
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

other_systems() {
  cat >&2 <<'TEXT'
Please install these by your own package manager, then run this again:
  macOS (Homebrew)        brew install ffmpeg
  Fedora (RPM Fusion)     sudo dnf install ffmpeg fluid-soundfont-gm google-noto-sans-fonts google-noto-sans-cjk-fonts
  Arch                    sudo pacman -S ffmpeg soundfont-fluid noto-fonts noto-fonts-cjk
A General MIDI SoundFont (.sf2) anywhere else is found through UNDERSONG_SOUNDFONT. Without one our own voices play.
TEXT
}

found=$(mktemp)
trap 'rm -f "$found"' EXIT
list_missing "$@" >"$found"
[ ${#missing[@]} -gt 0 ] || exit 0

echo "Not on this machine yet:"
cat "$found"
if ! command -v apt-get >/dev/null; then
  other_systems
  # Without ffmpeg nothing can be done; without the rest most can.
  command -v ffmpeg >/dev/null && command -v ffprobe >/dev/null
  exit
fi
echo "Installing with apt-get: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
root apt-get update -q
root apt-get install -q -y --no-install-recommends "${missing[@]}"
