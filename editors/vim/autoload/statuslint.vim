" What every language client of Vim is told of the server.

" Vim's names for the files that statuslint reads. The editor's test compares this list with that of
" the plug-in for Neovim, which is written by `cargo xtask languages`.
let s:filetypes = [
\   'apache', 'arduino', 'astro', 'bash', 'c', 'caddy', 'caddyfile', 'cfg', 'clojure',
\   'clojurescript', 'conf', 'cpp', 'cs', 'csharp', 'dart', 'elixir', 'go', 'haproxy', 'haskell',
\   'hcl', 'html', 'http', 'hurl', 'java', 'javascript', 'javascriptreact', 'json', 'jsonc',
\   'kotlin', 'lua', 'markdown', 'mdx', 'nginx', 'nomad', 'opentofu', 'opentofu-vars', 'perl', 'php',
\   'python', 'rest', 'ruby', 'rust', 'sbt', 'scala', 'sh', 'shellscript', 'svelte', 'swift',
\   'terraform', 'terraform-vars', 'tpp', 'tsx', 'typescript', 'typescriptreact', 'vue', 'xhtml',
\   'yaml', 'zsh',
\ ]

function! statuslint#filetypes() abort
  return copy(s:filetypes)
endfunction

" The folder that an editor's server works in: that of the repository, else that of the
" configuration, else the file's own.
function! statuslint#root(path) abort
  let l:folder = fnamemodify(a:path, ':p:h')
  for l:marker in ['.git', 'statuslint.toml', '.statuslint.toml']
    let l:above = l:folder
    while 1
      if getftype(l:above . '/' . l:marker) !=# ''
        return l:above
      endif
      let l:next = fnamemodify(l:above, ':h')
      if l:next ==# l:above
        break
      endif
      let l:above = l:next
    endwhile
  endfor
  return l:folder
endfunction

" Tells vim-lsp of the server: `autocmd User lsp_setup call statuslint#vim_lsp()`. What is given
" replaces the same keys of |vim-lsp-server_info|.
function! statuslint#vim_lsp(...) abort
  call lsp#register_server(extend({
  \   'name': 'statuslint',
  \   'cmd': ['statuslint', 'lsp'],
  \   'allowlist': statuslint#filetypes(),
  \   'root_uri': {info -> lsp#utils#path_to_uri(statuslint#root(lsp#utils#get_buffer_path()))},
  \ }, a:0 ? a:1 : {}))
endfunction
