-- The server as Neovim 0.11 and later find it: `vim.lsp.enable('statuslint')`.
return {
  cmd = { 'statuslint', 'lsp' },
  filetypes = {
    'go', 'javascript', 'javascriptreact', 'json', 'jsonc', 'python', 'rust',
    'typescript', 'typescriptreact', 'yaml',
  },
  root_markers = { 'statuslint.toml', '.statuslint.toml', '.git' },
}
