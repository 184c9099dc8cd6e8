"""The recipe for mason.nvim installs what the release workflow packs, of the present version."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]

recipe = (ROOT / "editors/neovim/mason/package.yaml").read_text()
release = (ROOT / ".github/workflows/release.yml").read_text()
version = re.search(r'^version = "(.+)"', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)[1]

packed = set(re.findall(r"target: ([a-z0-9_-]+) }", release))
named = re.findall(r"file: statuslint-\{\{version\}\}-(.+)\.tar\.gz\n\s+bin: (\S+)", recipe)
problems = []
if not packed or packed != {target for target, _ in named}:
    problems.append(f"the release packs {sorted(packed)}, the recipe has {sorted(named)}")
for target, binary in named:
    suffix = ".exe" if "windows" in target else ""
    if binary != f"statuslint-{{{{version}}}}-{target}/statuslint{suffix}":
        problems.append(f"{binary} is not in the archive of {target}")
if f"pkg:github/statuslint/statuslint@v{version}\n" not in recipe:
    problems.append(f"the recipe is not that of version {version}")
if problems:
    sys.exit("editors/neovim/mason/package.yaml: " + "; ".join(problems))
