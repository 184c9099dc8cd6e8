"""What the server offers is what the tests have driven; it runs after all others."""

from strict import LEDGER

SYNC = {
    "openClose": {"textDocument/didOpen", "textDocument/didClose"},
    "change": {"textDocument/didChange"},
    "save": {"textDocument/didSave"},
}
PROVIDERS = {
    "hoverProvider": "textDocument/hover",
    "completionProvider": "textDocument/completion",
    "documentHighlightProvider": "textDocument/documentHighlight",
    "documentLinkProvider": "textDocument/documentLink",
    "referencesProvider": "textDocument/references",
    "inlayHintProvider": "textDocument/inlayHint",
    "codeActionProvider": "textDocument/codeAction",
    "diagnosticProvider": "textDocument/diagnostic",
    "workspaceSymbolProvider": "workspace/symbol",
    "executeCommandProvider": "workspace/executeCommand",
}
RESOLVERS = {
    "completionProvider": "completionItem/resolve",
    "documentLinkProvider": "documentLink/resolve",
    "inlayHintProvider": "inlayHint/resolve",
    "codeActionProvider": "codeAction/resolve",
    "workspaceSymbolProvider": "workspaceSymbol/resolve",
}
ALWAYS = {
    "initialize",
    "initialized",
    "shutdown",
    "exit",
    "$/cancelRequest",
    "$/setTrace",
    "workspace/didChangeConfiguration",
}
NEEDED = set(PROVIDERS) - {"executeCommandProvider"}


def advertised(capabilities):
    """The methods that capabilities stand for; one that is not known here is an error."""
    methods = set()
    for name, value in capabilities.items():
        if name == "positionEncoding" or value is False:
            continue
        if name == "textDocumentSync":
            for part, option in value.items():
                methods |= SYNC[part] if option else set()
        elif name == "experimental":
            assert value == {"statuslint": {"sites": True}}
            methods.add("statuslint/sites")
        elif name == "workspace":
            assert value == {"workspaceFolders": {"supported": True, "changeNotifications": True}}
            methods.add("workspace/didChangeWorkspaceFolders")
        else:
            methods.add(PROVIDERS[name])
            options = value if isinstance(value, dict) else {}
            if options.get("resolveProvider"):
                methods.add(RESOLVERS[name])
            if options.get("workspaceDiagnostics"):
                methods.add("workspace/diagnostic")
    return methods


def test_everything_offered_is_driven():
    offered = [advertised(capabilities) for capabilities in LEDGER.advertised]
    assert len(offered) > 50
    union = set().union(*offered, LEDGER.registered, ALWAYS)
    assert set(LEDGER.driven) == union


def test_everything_promised_is_offered():
    for capabilities in LEDGER.advertised:
        assert NEEDED <= set(capabilities)
        assert capabilities["diagnosticProvider"]["workspaceDiagnostics"] is True


def test_everything_the_server_says_was_heard():
    own = {
        "textDocument/publishDiagnostics",
        "client/registerCapability",
        "workspace/configuration",
        "workspace/diagnostic/refresh",
        "workspace/inlayHint/refresh",
        "window/showMessage",
        "$/logTrace",
        "$/progress",
    }
    assert own <= set(LEDGER.checked)
    assert set(LEDGER.errors) <= {"textDocument/hover"}
