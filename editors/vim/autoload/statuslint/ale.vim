" The linter `statuslint` of ALE. ALE has a file for every linter of every filetype; one definition
" serves them all here.

" The filetypes that ALE was told of, the executable that is missing, whether ALE has run the server,
" and when the configuration files were last written.
let s:defined = {}
let s:missing = ''
let s:running = 0
let s:written = {}

function! s:executable(buffer) abort
  let l:executable = ale#Var(a:buffer, 'statuslint_executable')
  " ALE passes over what is not there, so that nobody learns of it.
  if !executable(l:executable) && s:missing !=# l:executable
    let s:missing = l:executable
    echohl WarningMsg
    echomsg 'statuslint: there is no command `' . l:executable
    \   . '`: install it or set g:ale_statuslint_executable'
    echohl None
  endif
  return l:executable
endfunction

function! statuslint#ale#define(filetype) abort
  for l:filetype in split(a:filetype, '\.')
    if has_key(s:defined, l:filetype) || index(statuslint#filetypes(), l:filetype) < 0
      continue
    endif
    let s:defined[l:filetype] = 1
    " Without ALE there is nobody to tell.
    if globpath(&runtimepath, 'autoload/ale/linter.vim') ==# ''
      continue
    endif
    call ale#Set('statuslint_executable', 'statuslint')
    call ale#Set('statuslint_options', {})
    call ale#linter#Define(l:filetype, {
    \   'name': 'statuslint',
    \   'lsp': 'stdio',
    \   'executable': function('s:executable'),
    \   'command': '%e lsp',
    \   'language': {buffer -> getbufvar(buffer, '&filetype')},
    \   'project_root': {buffer -> statuslint#root(bufname(buffer))},
    \   'initialization_options': {buffer -> ale#Var(buffer, 'statuslint_options')},
    \ })
  endfor
endfunction

" ALE 3.3 writes a backslash and an `n` where a line of a saved text ends, so that the server would
" take all of it for one line. What it has changed it tells rightly, so it need not send the text.
function! statuslint#ale#started() abort
  let l:executable = ale#Var(bufnr(''), 'statuslint_executable')
  for l:connection in values(exists('*ale#lsp#GetConnections') ? ale#lsp#GetConnections() : {})
    if stridx(get(l:connection, 'id', ''), l:executable . ':') == 0
    \&& has_key(get(l:connection, 'capabilities', {}), 'includeText')
      let l:connection.capabilities.includeText = 0
      let s:running = 1
    endif
  endfor
endfunction

" The configuration files that may count for a file, with the time they were written.
function! s:configurations(path) abort
  let l:files = {}
  let l:folder = fnamemodify(a:path, ':p:h')
  while 1
    for l:name in ['statuslint.toml', '.statuslint.toml']
      let l:file = l:folder . '/' . l:name
      let l:files[l:file] = getftime(l:file) . ':' . getfsize(l:file)
    endfor
    let l:above = fnamemodify(l:folder, ':h')
    if l:above ==# l:folder
      return l:files
    endif
    let l:folder = l:above
  endwhile
endfunction

" ALE tells no server of files that change beside the open ones. So this does, when somebody comes
" back to Vim, to a buffer, or pauses, as Vim itself looks for changed files.
function! statuslint#ale#look() abort
  " To tell it of a change is no reason to start the server.
  if !s:running || &buftype !=# '' || !has_key(s:defined, &filetype)
    return
  endif
  let l:changes = []
  for [l:file, l:stamp] in items(s:configurations(expand('%:p')))
    if get(s:written, l:file, l:stamp) !=# l:stamp
      call add(l:changes, {'uri': ale#path#ToFileURI(l:file), 'type': 2})
    endif
    let s:written[l:file] = l:stamp
  endfor
  if !empty(l:changes)
    call ale#lsp_linter#SendRequest(bufnr(''), 'statuslint',
    \   [1, 'workspace/didChangeWatchedFiles', {'changes': l:changes}])
  endif
endfunction
