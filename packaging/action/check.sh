#!/usr/bin/env bash
# Checks as the inputs of the action say: annotations in the log, and the same findings as SARIF.
#
# STATUSLINT_PATHS and STATUSLINT_ARGS have one path or argument a line, STATUSLINT_FAIL_ON is a severity,
# STATUSLINT_SARIF is true or false.
set -uo pipefail

# The bash of macOS is of 2007: no arrays by reference, and an empty one is unset.
paths=() arguments=()
while IFS= read -r line; do
    line=${line%$'\r'}
    if [ -n "$line" ]; then paths+=("$line"); fi
done <<<"$STATUSLINT_PATHS"
while IFS= read -r line; do
    line=${line%$'\r'}
    if [ -n "$line" ]; then arguments+=("$line"); fi
done <<<"$STATUSLINT_ARGS"
if [ -n "$STATUSLINT_FAIL_ON" ]; then arguments+=("--fail-on=$STATUSLINT_FAIL_ON"); fi
export STATUSLINT_CACHE_DIR=$RUNNER_TEMP/statuslint/cache

if [ "$STATUSLINT_SARIF" = true ]; then
    sarif=$RUNNER_TEMP/statuslint/statuslint.sarif
    # One of an earlier step is not what this one found.
    rm -f "$sarif"
    statuslint check ${arguments[@]+"${arguments[@]}"} --output-format sarif --output "$sarif" \
        -- ${paths[@]+"${paths[@]}"} 2>/dev/null
    # Half a result would close the alerts of the other half. The run below says what was wrong.
    if [ $? -le 1 ]; then echo "sarif-file=$sarif" >>"$GITHUB_OUTPUT"; fi
fi
statuslint check ${arguments[@]+"${arguments[@]}"} --output-format github -- ${paths[@]+"${paths[@]}"}
