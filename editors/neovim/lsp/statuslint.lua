-- The server as Neovim 0.11 and later find it: `vim.lsp.enable('statuslint')`.
return {
  cmd = { 'statuslint', 'lsp' },
  filetypes = {
    'bash', 'c', 'clojure', 'cpp', 'csharp', 'dart',
    'elixir', 'go', 'haskell', 'hcl', 'java', 'javascript',
    'javascriptreact', 'json', 'jsonc', 'kotlin', 'lua', 'perl',
    'php', 'python', 'ruby', 'rust', 'scala', 'sh',
    'shellscript', 'swift', 'terraform', 'terraform-vars', 'tsx', 'typescript',
    'typescriptreact', 'yaml',
  },
  root_markers = { 'statuslint.toml', '.statuslint.toml', '.git' },
}
