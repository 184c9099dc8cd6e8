//! End-to-end tests of the built binary; the tests themselves are in `e2e/`.
