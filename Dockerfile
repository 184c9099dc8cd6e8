# statuslint alone, on nothing: a static binary that runs as nobody in the folder that is mounted at /src. There
# is no git in it, so no --changed-since.
#
#     docker run --rm -v "$PWD:/src:ro" ghcr.io/statuslint/statuslint check
FROM rust:1.95-alpine3.22 AS build
# The release of Alpine above says which versions there are.
# hadolint ignore=DL3018
RUN apk add --no-cache musl-dev gcc g++
WORKDIR /build
COPY . .
# Linked statically, the binary needs neither a loader nor a C library.
RUN cargo build --release --locked --package statuslint \
    && mkdir -p /image/tmp /image/src && chmod 1777 /image/tmp \
    && cp target/release/statuslint /image/statuslint

FROM scratch
COPY --from=build /image /
ENV STATUSLINT_CACHE_DIR=/tmp
USER 65534:65534
WORKDIR /src
ENTRYPOINT ["/statuslint"]
CMD ["check"]
