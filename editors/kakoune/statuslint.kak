# statuslint in Kakoune, by kak-lsp 18 or newer, beside the servers that kak-lsp runs by itself.
# Source it after `eval %sh{kak-lsp}`.

define-command statuslint-add -docstring %{
    statuslint-add: run statuslint in this buffer, beside the servers it has
} %{
    # kak-lsp serves nothing in a buffer as soon as one of its servers cannot be started. So
    # statuslint stays away where it is not installed, and stands alone where another is not.
    evaluate-commands %sh{
        if ! command -v statuslint >/dev/null; then
            echo statuslint-say-missing
            exit
        fi
        printf '%s\n' "$kak_opt_lsp_servers" | awk -F '"' '
            function tell() { if (program != "") print program }
            /^[ \t]*\[/ { server = !/\./ }
            /^[ \t]*\[/ && server { tell(); program = $0; gsub(/[][" \t]/, "", program) }
            /^[ \t]*command[ \t]*=/ && server { program = $2 }
            END { tell() }
        ' | while read -r program; do
            if ! command -v "$program" >/dev/null; then
                echo 'set-option buffer lsp_servers ""'
                break
            fi
        done
        echo statuslint-append
    }
}

define-command -hidden statuslint-append %{
    set-option -add buffer lsp_servers %{
        [statuslint]
        command = "statuslint"
        args = ["lsp"]
        root_globs = ["statuslint.toml", ".statuslint.toml", ".git", ".hg"]
    }
}

define-command -hidden statuslint-say-missing %{
    echo -debug 'statuslint: there is no program `statuslint` on the path'
    # Once somebody looks; what is said while Kakoune starts is not seen.
    hook -once -always global NormalIdle .* %{
        echo -markup '{Error}statuslint: there is no program `statuslint` on the path'
    }
}

# kak-lsp asks so for the servers of a buffer that has none; its own hook has answered before.
hook -group statuslint global User LSPDefaultConfig=(?:astro|sh|c|clojure|cpp|csharp|dart|elixir|go|haskell|hcl|terraform|html|http|hurl|java|javascript|json|jsonc|kotlin|lua|markdown|nginx|perl|php|python|ruby|rust|scala|svelte|swift|tsx|typescript|vue|yaml) statuslint-add
