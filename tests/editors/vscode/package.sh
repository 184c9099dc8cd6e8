#!/usr/bin/env bash
# Packages the extension of editors/vscode as it is shipped, and once without a server.
# In a copy under $STATUSLINT_EDITORS/vscode; what is packaged is kept until something of it changes.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
target=${STATUSLINT_EDITORS:?}/vscode
copy=$target/build/editors/vscode
export PATH=$target/node:$PATH

sources() {
    tar -C "$root" --exclude=node_modules --exclude=dist --exclude=server --exclude='*.vsix' \
        --sort=name --owner=0 --group=0 --mtime=@0 -c LICENSE-MIT LICENSE-APACHE editors/vscode
}

state=$({ sources; cat "${STATUSLINT:?}" "${BASH_SOURCE[0]}"; } | sha256sum)
if [ "$state" = "$(cat "$target/packaged" 2>/dev/null)" ]; then
    exit 0
fi
began=$SECONDS
mkdir -p "$copy"
find "$copy" -mindepth 1 -maxdepth 1 ! -name node_modules ! -name installed -exec rm -rf {} +
sources | tar -C "$target/build" -x
cd "$copy"
if ! cmp --silent package-lock.json "$target/build/installed"; then
    timeout 300 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --silent
    cp package-lock.json "$target/build/installed"
fi
platform=linux-$(node -p process.arch)
for kind in full bare; do
    binary=$STATUSLINT
    [ $kind = full ] || binary=none
    STATUSLINT=$binary timeout 120 node scripts/package.mjs "$platform" "$target/statuslint-$kind.vsix" >"$target/packaging.log" 2>&1 ||
        { cat "$target/packaging.log"; exit 1; }
done
echo "$state" >"$target/packaged"
echo "packaged the extension in $((SECONDS - began)) s: $(du -k "$target/statuslint-full.vsix" | cut -f1) kB"
