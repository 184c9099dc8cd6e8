"""The lists of filetypes that editors/vim keeps are that of editors/neovim, which is generated."""

import json
import pathlib
import re
import sys

EDITORS = pathlib.Path(__file__).resolve().parents[3] / "editors"


def quoted(path: str, before: str, after: str) -> list[str]:
    text = (EDITORS / path).read_text()
    return re.findall(r"'([^']+)'", text.split(before, 1)[1].split(after, 1)[0])


def compare_lists() -> None:
    expected = sorted(
        quoted("neovim/lsp/statuslint.lua", "filetypes = {", "}")
        + quoted("neovim/lua/statuslint/filetypes.lua", "return {", "}")
    )
    coc = json.loads((EDITORS / "vim/coc-settings.json").read_text())
    lists = {
        "autoload/statuslint.vim": quoted("vim/autoload/statuslint.vim", "s:filetypes = [", "]"),
        "coc-settings.json": coc["languageserver"]["statuslint"]["filetypes"],
    }
    for name, listed in lists.items():
        missing = sorted(set(expected) - set(listed))
        surplus = sorted(set(listed) - set(expected))
        if missing or surplus or listed != sorted(listed):
            sys.exit(f"editors/vim/{name} lacks {missing}, has {surplus} too; sorted, it is:\n{expected}")
