#!/usr/bin/env bash
# Draws icon.png from media/icon.svg; needs librsvg's rsvg-convert.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rsvg-convert --width 256 --height 256 media/icon.svg --output icon.png
