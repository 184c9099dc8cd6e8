# `just ready` runs what has to hold before a change lands.

# The recipes and what they are for.
default:
    @just --list

# Everything CI and the release run.
ready: format-check lint test editors clients report packages deny

# Formats the tree.
format:
    cargo fmt --all

# Whether the tree is formatted.
format-check:
    cargo fmt --all --check

# Clippy, warnings refused.
lint:
    cargo clippy --workspace --all-targets -- -D warnings

# The one test command.
test:
    cargo test --workspace

# The language server in real editors, which are installed where they are missing.
editors:
    tests/editors/run

# The language server with clients that others wrote; needs Python 3.10 and Node 18 or later.
clients:
    tests/clients/run

# The page of `report` in a real browser; needs Chromium and Node 18 or later.
report:
    tests/report/run

# What people install, built and installed into empty places; `just packages --pre-commit` takes minutes.
packages *arguments:
    tests/packaging/run {{arguments}}

# Licences, advisories and sources of the dependencies; needs cargo-deny.
deny:
    cargo deny check

# Lints the services in examples/.
examples:
    cargo run --release -- check examples/
