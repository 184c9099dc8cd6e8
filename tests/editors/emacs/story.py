"""The story of tests/editors in Emacs, by keys: with eglot or with lsp-mode, on Debian 12 or 13."""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE.parent))

from terminal import Failed, Terminal  # noqa: E402  (found only now)

STATUSLINT = os.environ["STATUSLINT"]
WORKSPACE = pathlib.Path(os.environ["STATUSLINT_WORKSPACE"])

# What is called differently.
COMMANDS = {
    "eglot": {"start": "statuslint", "hover": "eldoc-doc-buffer", "fix": "eglot-code-actions"},
    "lsp-mode": {
        "start": "lsp",
        "hover": "lsp-describe-thing-at-point",
        "fix": "lsp-execute-code-action",
    },
}


def environment(home: pathlib.Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "STATUSLINT": STATUSLINT,
        "STATUSLINT_PACKAGE": str(ROOT / "editors/emacs"),
        "STATUSLINT_LANGUAGES": str(ROOT / "crates/languages/languages"),
    }


def unit(enter: tuple[str, ...], home: pathlib.Path) -> None:
    """What needs no screen: compilation, documentation, the tables, the servers of eglot."""
    words = [f"{name}={value}" for name, value in environment(home).items()]
    command = [*enter, "env", *words, "emacs", "--batch", "--funcall", "package-initialize"]
    command += ["--load", str(HERE / "unit.el"), "--funcall", "ert-run-tests-batch-and-exit"]
    done = subprocess.run(command, timeout=60, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print(done.stdout if done.returncode else done.stdout.strip().splitlines()[-1])
    if done.returncode:
        raise Failed("unit.el")


class Story:
    def __init__(self, client: str, package: str, enter: tuple[str, ...] = (), hints: bool = False):
        self.client = client
        self.package = package
        self.commands = COMMANDS[package]
        self.enter = enter
        self.hints = hints
        self.folder = WORKSPACE.parent / client
        self.workspace = self.folder / "workspace"
        self.file = self.workspace / "api.py"
        self.home = self.folder / "home"

    def run(self) -> None:
        shutil.copytree(WORKSPACE, self.workspace)
        (self.home / ".emacs.d").mkdir(parents=True)
        shutil.copy(HERE / "init.el", self.home / ".emacs.d")
        unit(self.enter, self.home)
        with_package = environment(self.home) | {"STATUSLINT_WITH": self.package}
        command = ["emacs", "-nw", str(self.file)]
        with Terminal(command, with_package, self.workspace, enter=self.enter) as self.screen:
            self.screen.wait_for_text("import httpx")
            self.version()
            self.missing()
            self.command(self.commands["start"])
            self.diagnostics()
            self.hover()
            if self.hints:
                self.see_hints()
            self.fix()
            self.edit()
            self.configuration()
            self.completion()
            self.killed()
            self.explain()
            self.beside()

    # Keys.

    def command(self, name: str) -> None:
        self.answer("M-x", "M-x", name)

    def evaluate(self, form: str) -> None:
        self.answer("M-:", "Eval:", form)

    def answer(self, key: str, prompt: str, text: str) -> None:
        """Presses a key that asks something, and answers; Emacs may drop what is typed before it asks."""
        self.screen.keys(key)
        self.screen.wait_for(f"`{prompt}`", lambda screen: screen.splitlines()[-1].startswith(prompt))
        self.screen.type(text)
        self.screen.wait_for(f"`{text}` to be typed", lambda screen: screen.endswith(text))
        self.screen.keys("Enter")

    def go_to(self, piece: str) -> None:
        """Puts point on the first character of a piece of api.py."""
        self.evaluate(f'(story-go-to "{piece}")')

    def shown(self, feature: str, shot: bool = True) -> None:
        if shot:
            self.screen.shot(f"{self.client}-{feature}")
        print(f"shown: {feature}", flush=True)

    # What is on the screen.

    def found(self, screen: str) -> dict[int, str]:
        """The rows of flymake's list: the message for each line of the file."""
        rows = re.findall(r"^ *(\d+) +\d+ (?:note|warning|error) +\S+ +(.*)$", screen, re.MULTILINE)
        return {int(line): message for line, message in rows}

    def line(self, piece: str) -> int:
        """The line of a piece of the file as the workspace has it at first."""
        lines = (WORKSPACE / "api.py").read_text().splitlines()
        return 1 + next(index for index, line in enumerate(lines) if piece in line)

    def wait_for_findings(self, *pieces: str) -> dict[int, str]:
        """Waits until exactly the lines of these pieces are in flymake's list."""
        lines = {self.line(piece) for piece in pieces}
        self.screen.wait_for(f"findings of {', '.join(pieces)} in lines {sorted(lines)}, and no others",
                             lambda screen: set(self.found(screen)) == lines)
        return self.found(self.screen.screen())

    # The story.

    def version(self) -> None:
        self.evaluate(f'(story-version "{self.package}")')
        version = re.compile(rf"(Emacs [0-9.]+, {self.package} [0-9.]+);")
        self.screen.wait_for("the version", version.search)
        print(f"client: {self.client} {version.search(self.screen.screen())[1]}", flush=True)

    def missing(self) -> None:
        self.evaluate('(setq statuslint-program "statuslint-absent")')
        self.command(self.commands["start"])
        self.screen.wait_for_text("There is no program `statuslint-absent': put statuslint on the path of Emacs")
        self.shown("missing")
        self.evaluate('(setq statuslint-program (getenv "STATUSLINT"))')
        self.evaluate("(story-alone)")

    def diagnostics(self) -> None:
        self.screen.wait_for("the server to start", lambda _: len(self.screen.servers()) == 1)
        self.screen.wait_for_text("Flymake[")
        self.command("flymake-show-buffer-diagnostics")
        found = self.wait_for_findings("306", "402", "200 or 201", "209")
        for piece in ["306", "402", "200 or 201", "209"]:
            if piece not in found[self.line(piece)]:
                raise Failed(f"the message of {piece}: {found[self.line(piece)]}")
        self.shown("diagnostics")

    def hover(self) -> None:
        for piece, title, body in [
            ("404", "404 Not Found", "RFC 9110 section 15.5.5"),
            ("HTTP_410", "410 Gone", "RFC 9110 section 15.5.11"),
        ]:
            self.go_to(piece)
            self.hover_until(title, body)
            self.screen.shot(f"{self.client}-hover-{title[:3]}")
        self.shown("hover", shot=False)
        self.evaluate("(story-alone)")
        self.command("flymake-show-buffer-diagnostics")

    def hover_until(self, *texts: str) -> None:
        """Asks for the hover until all texts are on the screen."""
        for attempt in range(10):
            # eldoc asks the server when point rests after it was moved, and shows what it knows by then.
            self.screen.keys("Right", "Left")
            time.sleep(1)
            self.command(self.commands["hover"])
            try:
                self.screen.wait_for(f"`{texts}`", lambda screen: all(text in screen for text in texts), 2)
                return
            except Failed:
                if attempt == 9:
                    raise

    def see_hints(self) -> None:
        self.go_to("import httpx")
        self.screen.wait_for_text("status_code=404 Not Found,")
        self.screen.wait_for_text("status_code=402 Payment Required)")
        self.shown("hints")

    def fix(self) -> None:
        self.go_to("209")
        self.command(self.commands["fix"])
        self.screen.wait_for("the actions to choose from", lambda screen: "action" in screen.splitlines()[-1])
        self.screen.type("Replace 209 with 208")
        self.screen.keys("Tab")
        self.screen.wait_for_text("Replace 209 with 208 Already Reported")
        self.screen.shot(f"{self.client}-fix")
        self.screen.keys("Enter")
        self.screen.wait_for_text("status_code=208")
        self.screen.keys("C-x", "C-s")
        self.screen.wait_for("the fix on disk", lambda _: "status_code=208)" in self.file.read_text())
        self.wait_for_findings("306", "402", "200 or 201")
        self.shown("fix", shot=False)

    def edit(self) -> None:
        self.go_to("306")
        self.screen.keys("M-d")
        self.screen.type("307")
        self.wait_for_findings("402", "200 or 201")
        self.shown("edit")

    def configuration(self) -> None:
        (self.workspace / "statuslint.toml").write_text("allow = [402]\n")
        self.wait_for_findings("200 or 201")
        self.shown("configuration")

    def completion(self) -> None:
        self.go_to("307")
        self.screen.keys("M-d")
        self.screen.type("unproc")
        if self.package == "eglot":
            self.screen.keys("C-M-i")
        # lsp-mode brings company's menu up by itself.
        self.screen.wait_for_text("HTTP_422_UNPROCESSABLE_CONTENT")
        self.screen.shot(f"{self.client}-completion")
        if self.package == "lsp-mode":
            self.screen.keys("Enter")
        elif "1 possible completion" in self.screen.screen():
            # Emacs 30 lists what there is, even if it is one.
            self.screen.keys("M-Down", "M-Enter")
        self.screen.wait_for_text("status_code=status.HTTP_422_UNPROCESSABLE_CONTENT)")
        self.shown("completion", shot=False)

    def killed(self) -> None:
        before = self.screen.servers()
        for server in before:
            os.kill(server, signal.SIGKILL)
        self.screen.wait_for("another server", lambda _: (now := self.screen.servers()) and not set(now) & set(before))
        # Only the new server can know about this edit.
        self.go_to("404")
        self.screen.keys("M-d")
        self.screen.type("306")
        self.wait_for_findings("200 or 201", "404")
        self.shown("killed")

    def explain(self) -> None:
        self.command("statuslint-explain")
        self.screen.wait_for("the question", lambda screen: screen.splitlines()[-1].startswith("Explain"))
        self.screen.type("teapot")
        self.screen.keys("Tab")
        self.screen.wait_for_text("418 (Unused), I'm a teapot")
        self.screen.keys("Enter")
        self.screen.wait_for_text("RFC 9110 section 15.5.19")
        self.screen.shot(f"{self.client}-explain")

    def beside(self) -> None:
        """lsp-mode runs it with another server in the same buffer, eglot asks before it takes that one's place."""
        self.command("lsp-workspace-shutdown" if self.package == "lsp-mode" else "eglot-shutdown")
        self.screen.wait_for("the server to end", lambda _: not self.screen.servers())
        self.evaluate("(story-register-main)")
        self.evaluate("(story-alone)")
        self.command("lsp" if self.package == "lsp-mode" else "eglot")
        if self.package == "eglot":
            self.screen.wait_for("the main server", lambda _: len(self.screen.servers()) == 1)
            main = self.screen.servers()
            self.command("statuslint")
            self.screen.wait_for_text("Eglot runs one server in a buffer.  Replace it with statuslint?")
            self.screen.shot(f"{self.client}-replace")
            self.screen.keys("y")
            self.screen.wait_for("statuslint in its place", lambda _: len(set(self.screen.servers()) - set(main)) == 1
                                 and not set(self.screen.servers()) & set(main))
        else:
            self.screen.wait_for("two servers", lambda _: len(self.screen.servers()) == 2)
            self.screen.wait_for("both in the mode line", lambda screen: "statuslint:" in screen and "main:" in screen)
            self.screen.shot(f"{self.client}-beside")
