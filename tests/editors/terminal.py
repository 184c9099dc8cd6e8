"""A terminal in which an editor runs, driven through tmux: keys in, screens out."""

import os
import pathlib
import subprocess
import time


class Failed(Exception):
    """What was waited for in vain, with what was on the screen instead."""


def need(*packages: str) -> None:
    """Installs those Debian packages that are not there."""
    command = ["dpkg-query", "--show", "--showformat", "${db:Status-Status} ${Package}\\n", *packages]
    there = subprocess.run(command, capture_output=True, text=True, timeout=30).stdout.splitlines()
    if missing := [package for package in packages if f"installed {package}" not in there]:
        install(missing)


def install(packages: list[str]) -> None:
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt += ["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    subprocess.run([*apt, "update"], check=True, timeout=300)
    command = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    subprocess.run(command, check=True, timeout=600, stdout=subprocess.DEVNULL)


class Terminal:
    """One editor on a screen of its own; it ends with the `with` block, or after five minutes."""

    def __init__(self, command: list[str], environment: dict[str, str], folder: pathlib.Path,
                 size: tuple[int, int] = (120, 40), enter: tuple[str, ...] = ()):
        """Runs a command in a folder, by way of another command where that is given."""
        need("tmux")
        self.folder = folder
        self.socket = f"statuslint-{os.getpid()}-{id(self)}"
        self.shots = pathlib.Path(os.environ["STATUSLINT_SHOTS"])
        width, height = map(str, size)
        # Marks the processes of this editor, see servers().
        environment = environment | {"STATUSLINT_MARK": self.socket, "LANG": "C.UTF-8"}
        environment |= {"TERM": "screen-256color", "COLORTERM": "truecolor"}
        words = [f"{name}={value}" for name, value in environment.items()]
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", width, "-y", height,
                  "timeout", "--foreground", "300", *enter, "env", f"--chdir={folder}", *words, *command)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, kind, problem, trace) -> None:
        if isinstance(problem, Failed):
            problem.add_note(f"on the screen:\n{self.screen()}")
        self.tmux("kill-server", check=False)

    def tmux(self, *arguments: str, check: bool = True) -> str:
        command = ["tmux", "-L", self.socket, *arguments]
        done = subprocess.run(command, check=check, capture_output=True, text=True, timeout=30)
        return done.stdout

    def keys(self, *keys: str) -> None:
        """Presses keys, by tmux's names for them."""
        self.tmux("send-keys", *keys)
        if keys[-1] == "Escape":
            time.sleep(0.2)  # else it would be taken for Alt and the next key

    def type(self, text: str) -> None:
        self.tmux("send-keys", "-l", text)

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p", check=False).rstrip()

    def shot(self, name: str) -> None:
        """Keeps the screen with its colours; `cat` shows it."""
        (self.shots / f"{name}.ansi").write_text(self.tmux("capture-pane", "-e", "-p"))

    def wait_for(self, what: str, condition, seconds: float = 20) -> None:
        """Waits until a condition on the text of the screen holds."""
        end = time.monotonic() + seconds
        while not condition(self.screen()):
            if time.monotonic() > end:
                raise Failed(f"waited in vain for {what}")
            time.sleep(0.1)

    def wait_for_text(self, text: str, seconds: float = 20) -> None:
        self.wait_for(f"`{text}`", lambda screen: text in screen, seconds)

    def wait_for_no(self, text: str, seconds: float = 20) -> None:
        self.wait_for(f"`{text}` to go", lambda screen: text not in screen, seconds)

    def servers(self) -> list[int]:
        """The processes of statuslint that this editor runs."""
        names = {b"statuslint", os.path.basename(os.environ["STATUSLINT"]).encode()}
        mark = f"STATUSLINT_MARK={self.socket}".encode()
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
                if os.path.basename(words[0]) in names and words[1:2] == [b"lsp"]:
                    if mark in (process / "environ").read_bytes().split(b"\0"):
                        found.append(int(process.name))
            except OSError:
                continue  # it has ended, or is another user's
        return found
