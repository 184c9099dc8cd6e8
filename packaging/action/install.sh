#!/usr/bin/env bash
# Puts the binary of a release on the path of the steps that follow. What was downloaded is compared with the
# checksums of the release.
#
# STATUSLINT_VERSION names the release; STATUSLINT_RELEASES is where releases are, for tests.
set -euo pipefail

version=${STATUSLINT_VERSION#v}
if [[ ! $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]]; then
    echo "::error::the version of statuslint must be like 0.1.0" >&2
    exit 2
fi
case "$RUNNER_OS-$RUNNER_ARCH" in
    Linux-X64) target=x86_64-unknown-linux-gnu ;;
    Linux-ARM64) target=aarch64-unknown-linux-gnu ;;
    macOS-X64) target=x86_64-apple-darwin ;;
    macOS-ARM64) target=aarch64-apple-darwin ;;
    Windows-X64) target=x86_64-pc-windows-msvc ;;
    *)
        echo "::error::there is no release of statuslint for this runner" >&2
        exit 2
        ;;
esac

releases=${STATUSLINT_RELEASES:-https://github.com/statuslint/statuslint/releases/download}
name=statuslint-v$version-$target
folder=$RUNNER_TEMP/statuslint
mkdir -p "$folder/cache"
# Where the job runs in a container, the runner itself knows it by another path.
echo "cache=$folder/cache" >>"$GITHUB_OUTPUT"
cd "$folder"
for file in "$name.tar.gz" SHA256SUMS; do
    curl --fail --silent --show-error --location --retry 3 --output "$file" "$releases/v$version/$file"
done
# Of all the checksums only that of our file, which must be there.
if ! awk -v name="$name.tar.gz" '$2 == name || $2 == "*" name' SHA256SUMS | { sha256sum --check --strict - 2>/dev/null || shasum -a 256 --check -; }; then
    echo "::error::$name.tar.gz is not the file the release has a checksum for" >&2
    exit 2
fi
tar -xzf "$name.tar.gz"
"$name/statuslint" --version
if [ "$RUNNER_OS" = Windows ]; then
    cygpath -w "$folder/$name" >>"$GITHUB_PATH"
else
    echo "$folder/$name" >>"$GITHUB_PATH"
fi
