"""A Vim in a terminal of its own (tmux): keys go to the terminal, questions over a channel."""

import json
import pathlib
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Callable

ROOT = pathlib.Path(__file__).resolve().parents[3]
PATIENCE = 10.0

# What somebody has who uses ALE: nothing that this project's plug-in does not ask for.
VIMRC = """
set background=dark nocompatible hidden updatetime=300 noswapfile cmdheight=4 encoding=utf-8
let g:ale_statuslint_executable = {executable}
let g:ale_linters = {{'python': ['statuslint']}}
let g:ale_linters_explicit = 1
let g:ale_hover_to_preview = 1
packadd! ale
set runtimepath^={plugin}
filetype plugin on
syntax on
let g:channel = ch_open('127.0.0.1:{port}', {{'mode': 'json'}})
"""


class Vim:
    def __init__(self, scratch: pathlib.Path, name: str, file: pathlib.Path, executable: str):
        self.name = name
        self.tmux_socket = scratch.name
        self.questions = 0
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(PATIENCE)
            rc = scratch / f"{name}.vim"
            rc.write_text(
                VIMRC.format(
                    executable=json.dumps(executable),
                    plugin=ROOT / "editors/vim",
                    port=server.getsockname()[1],
                )
            )
            command = ["env", f"HOME={scratch}", "vim", "-u", str(rc), "-i", "NONE", str(file)]
            self.tmux("-f", "/dev/null", "new-session", "-d", "-s", name, "-x", "110", "-y", "36")
            self.tmux("set-option", "-g", "remain-on-exit", "on")
            self.tmux("respawn-pane", "-k", "-t", name, "-c", str(file.parent), shlex.join(command))
            try:
                self.channel, _ = server.accept()
            except TimeoutError:
                self.fail("it does not open its channel")
        self.channel.settimeout(PATIENCE)

    def tmux(self, *arguments: str) -> str:
        command = ["tmux", "-L", self.tmux_socket, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    @staticmethod
    def end_all(scratch: pathlib.Path) -> None:
        subprocess.run(["tmux", "-L", scratch.name, "kill-server"], capture_output=True)

    def type(self, keys: str) -> None:
        self.tmux("send-keys", "-t", self.name, "-l", "--", keys.replace("\n", "\r"))

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p", "-t", self.name)

    def capture(self, path: pathlib.Path) -> None:
        self.pause(0.1)
        path.write_text(self.tmux("capture-pane", "-e", "-p", "-t", self.name))

    def ask(self, expression: str):
        """The value of an expression in Vim."""
        self.questions += 1
        message = json.dumps(["expr", expression, -self.questions]) + "\n"
        self.channel.sendall(message.encode())
        answer = ""
        while True:
            try:
                answer += self.channel.recv(1 << 20).decode()
                return json.loads(answer)[1]
            except TimeoutError:
                self.fail(f"it does not answer {expression}")
            except json.JSONDecodeError:
                # There is more to come.
                continue

    def pause(self, seconds: float) -> None:
        time.sleep(seconds)

    def wait(self, what: str | Callable[[], str], condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > deadline:
                self.fail(f"waited in vain for {what() if callable(what) else what}")
            time.sleep(0.03)

    def check(self, condition: bool, problem: str) -> None:
        if not condition:
            self.fail(problem)

    def fail(self, problem: str) -> None:
        print(f"FAILED: {self.name}: {problem}; on its screen:\n{self.screen()}", flush=True)
        self.end_all(pathlib.Path(self.tmux_socket))
        sys.exit(1)

    def marked(self) -> set[str]:
        """The text below each of ALE's diagnostics, the left side of a comparison left out."""
        rows = self.ask(
            "map(copy(ale#engine#GetLoclist(bufnr(''))),"
            " '[getline(v:val.lnum), v:val.col, get(v:val, \"end_col\", v:val.col)]')"
        )
        # Vim counts bytes, and the last one is included.
        texts = {line.encode()[first - 1 : last].decode() for line, first, last in rows}
        return {text.removeprefix("answer.status_code == ") for text in texts}

    def wait_marked(self, expected: set[str]) -> None:
        marked = set()

        def as_expected() -> bool:
            nonlocal marked
            marked = self.marked()
            return marked == expected

        self.wait(lambda: f"the marks {expected}; there are {marked}", as_expected)

    def server(self) -> int:
        """The process of the server that Vim runs, 0 if there is none."""
        command = ["pgrep", "-P", str(self.ask("getpid()")), "-f", "lsp$"]
        found = subprocess.run(command, capture_output=True, text=True).stdout.split()
        return int(found[0]) if found else 0

    def go_to(self, piece: str) -> None:
        self.ask(f"search('\\V{piece}', 'cw')")

    def quit(self) -> None:
        self.type(":qall!\n")
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline:
            if self.tmux("display-message", "-p", "-t", self.name, "#{pane_dead}").strip() == "1":
                return
            time.sleep(0.02)
        self.fail("it does not end")
