-- The commands, and what happens when a file is opened. Nothing else is loaded before it is used.
if vim.g.loaded_statuslint then return end
vim.g.loaded_statuslint = true

vim.api.nvim_create_user_command('StatuslintExplain',
  function(command) require('statuslint.explain').explain(command.args) end, {
    nargs = '?',
    complete = function(lead) return require('statuslint.explain').complete(lead) end,
    desc = 'Explain a status code, class, name or rule of statuslint',
  })

vim.api.nvim_create_user_command('StatuslintRestart',
  function() require('statuslint.server').restart() end,
  { desc = 'Start the server of statuslint anew' })

local group = vim.api.nvim_create_augroup('statuslint', {})

vim.api.nvim_create_autocmd('FileType', {
  group = group,
  desc = 'Says so when statuslint is not installed',
  callback = function(event) require('statuslint.server').opened(event.buf) end,
})

if vim.fn.exists('##LspAttach') == 1 then
  vim.api.nvim_create_autocmd('LspAttach', {
    group = group,
    desc = 'Shows the names of status codes, and follows their configuration',
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if client and client.name == 'statuslint' then
        require('statuslint.server').attached(client, event.buf)
      end
    end,
  })
end
