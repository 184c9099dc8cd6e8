//! JSON and JSON lines, by the schema in `docs/`.
