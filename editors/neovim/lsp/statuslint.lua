-- The server as Neovim 0.11 and later find it: `vim.lsp.enable('statuslint')`.
-- Older ones are given the same table by `require('statuslint').setup()`.
local config = {
  cmd = { 'statuslint', 'lsp' },
  filetypes = {
    'astro', 'bash', 'c', 'clojure', 'clojurescript', 'cpp',
    'csharp', 'dart', 'elixir', 'go', 'haskell', 'hcl',
    'html', 'http', 'hurl', 'java', 'javascript', 'javascriptreact',
    'json', 'jsonc', 'kotlin', 'lua', 'markdown', 'mdx',
    'nginx', 'perl', 'php', 'python', 'rest', 'ruby',
    'rust', 'scala', 'sh', 'shellscript', 'svelte', 'swift',
    'terraform', 'terraform-vars', 'tsx', 'typescript', 'typescriptreact', 'vue',
    'yaml',
  },
  -- A configuration further down counts for its folder; it does not need a server of its own.
  root_markers = { '.git', 'statuslint.toml', '.statuslint.toml' },
  -- Before 0.12, Neovim asks for diagnostics and cannot be told to ask again.
  capabilities = { workspace = { diagnostics = { refreshSupport = true } } },
  handlers = {
    ['workspace/diagnostic/refresh'] = function(...) return require('statuslint.server').refresh(...) end,
  },
  on_exit = function(...) require('statuslint.server').exited(...) end,
}

vim.list_extend(config.filetypes, require('statuslint.filetypes'))
return config
