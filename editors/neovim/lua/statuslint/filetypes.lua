-- The filetypes that Neovim names otherwise than the languages in `lsp/statuslint.lua`, a list
-- that `cargo xtask languages` writes. The editor's test opens every kind of file there is and
-- fails when one of them has a filetype that neither list holds.
return {
  'apache', 'arduino', 'caddy', 'caddyfile', 'cfg', 'conf', 'cs', 'haproxy', 'nomad', 'opentofu',
  'opentofu-vars', 'sbt', 'tpp', 'xhtml', 'zsh',
}
