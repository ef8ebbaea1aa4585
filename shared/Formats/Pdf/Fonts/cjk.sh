#!/usr/bin/env bash
# Makes NotoSansCJKsc-Regular.otf, for who wants other characters in it. Needs Debian's fonts-noto-cjk and libharfbuzz-bin, and Python.
set -euo pipefail
cd "$(dirname "$0")"

characters=$(mktemp)
trap 'rm -f "$characters"' EXIT
python3 - >"$characters" <<'PYTHON'
characters = {0x20BB7}
for encoding, leads in (("gb2312", range(0xA1, 0xF8)), ("big5", range(0xA1, 0xC7)), ("euc_jp", range(0xA1, 0xF5)), ("euc_kr", range(0xA1, 0xFE))):
    for lead in leads:
        for trail in range(0x40, 0xFF):
            try:
                characters.update(map(ord, bytes([lead, trail]).decode(encoding)))
            except UnicodeDecodeError:
                pass

# Letters and signs below are Noto Sans's and DejaVu Sans's.
for character in sorted(characters):
    if character >= 0x2E80:
        print(f"{character:X}")
PYTHON

# The third font of the collection is the one for simplified Chinese, which has the others' characters as well.
hb-subset --face-index=2 --unicodes-file="$characters" --layout-features="" --no-hinting --desubroutinize \
  --output-file=NotoSansCJKsc-Regular.otf /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
