#!/usr/bin/env bash
# Debian 13 in a folder, for editors that Debian 12 has only in older versions or not at all.
#
#   tests/editors/trixie.sh install PACKAGE…    makes it, and installs what it lacks
#   tests/editors/trixie.sh enter COMMAND…      runs a command in it
#
# It stays in $STATUSLINT_EDITORS/trixie. Inside, this repository, the program STATUSLINT and the
# folder around STATUSLINT_WORKSPACE have the same paths as outside. They are mounted in a namespace
# of their own: the mounts end with the command, however it ends, and nobody outside ever sees them,
# so the folder can be deleted at any time.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
chroot=${STATUSLINT_EDITORS:=$root/target/editors}/trixie
: "${STATUSLINT_WORKSPACE:=}"
release=trixie

# Only root may mount; the editor itself runs as whoever asked.
if [ "$(id -u)" -ne 0 ]; then
    exec sudo --preserve-env "$0" "$@"
fi

# Mounts a file or folder of the machine at the same path of the chroot.
share() {
    local path=$1
    if [ -d "$path" ]; then
        mkdir -p "$chroot$path"
    else
        mkdir -p "$chroot$(dirname "$path")"
        touch "$chroot$path"
    fi
    mount --bind "$path" "$chroot$path"
}

# Runs in a namespace of mounts of its own, in which it prepares the chroot.
inside() {
    local user=$1
    shift
    # Not under /proc: files that are made to mount on must not be made in a folder of the machine.
    mount -t proc proc "$chroot/proc"
    mount --rbind /dev "$chroot/dev"
    share "$root"
    for path in "${STATUSLINT:-}" "${STATUSLINT_WORKSPACE%/*}" "$STATUSLINT_EDITORS"; do
        case $path in
        "" | "$root"/*) ;;
        *) share "$path" ;;
        esac
    done
    exec chroot --userspec="$user" "$chroot" "$@"
}

install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    local missing=()
    for package in "$@"; do
        [ -e "$chroot/var/lib/dpkg/info/$package.list" ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ ! -e "$chroot/var/lib/statuslint-complete" ]; then
        command -v debootstrap >/dev/null || {
            timeout 300 apt-get -o DPkg::Lock::Timeout=300 update -qq
            timeout 600 apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends debootstrap
        }
        # The mirror that this machine uses already.
        local mirror
        mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | head -n 1)
        rm -rf --one-file-system "$chroot"
        timeout 600 debootstrap --variant=minbase "$release" "$chroot" "$mirror" >/dev/null
        cp /etc/apt/apt.conf.d/* "$chroot/etc/apt/apt.conf.d/"
        touch "$chroot/var/lib/statuslint-complete"
    fi
    cp /etc/resolv.conf /etc/hosts "$chroot/etc/"
    enter 0:0 timeout 300 apt-get update -qq
    enter 0:0 timeout 600 apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

enter() {
    export -f inside share
    export root chroot STATUSLINT_EDITORS STATUSLINT_WORKSPACE
    unshare --mount --propagation private bash -c 'set -eu; inside "$@"' trixie "$@"
}

case ${1:-} in
install)
    shift
    install_packages "$@"
    ;;
enter)
    shift
    enter "${SUDO_UID:-0}:${SUDO_GID:-0}" "$@"
    ;;
*)
    sed -n '2,5s/^# \?//p' "$0" >&2
    exit 2
    ;;
esac
