" Tells ALE of the server, for each filetype when the first file of it is opened.
if exists('g:loaded_statuslint_vim') || &compatible
  finish
endif
let g:loaded_statuslint_vim = 1

augroup statuslint
  autocmd!
  autocmd FileType * call statuslint#ale#define(expand('<amatch>'))
  autocmd FocusGained,CursorHold,BufEnter * call statuslint#ale#look()
  autocmd BufWritePost statuslint.toml,.statuslint.toml call statuslint#ale#look()
  autocmd User ALELSPStarted call statuslint#ale#started()
augroup END
