-- The server as Neovim 0.11 and later find it: `vim.lsp.enable('statuslint')`.
return {
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
  root_markers = { 'statuslint.toml', '.statuslint.toml', '.git' },
}
