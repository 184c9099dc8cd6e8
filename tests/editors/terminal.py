"""A terminal in which an editor runs, driven through tmux: keys in, screens out."""

import os
import pathlib
import shutil
import subprocess
import time


class Failed(Exception):
    """What was waited for in vain, with what was on the screen instead."""


def need(command: str, package: str) -> None:
    """Installs the Debian package of a command that is not there."""
    if shutil.which(command) is None:
        install(package)


def install(*packages: str) -> None:
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt += ["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    subprocess.run([*apt, "update"], check=True, timeout=300)
    command = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    subprocess.run(command, check=True, timeout=600, stdout=subprocess.DEVNULL)


class Terminal:
    """One editor on a screen of its own; it ends with the `with` block, or after five minutes."""

    def __init__(self, command: list[str], environment: dict[str, str], folder: str, size=(110, 32)):
        need("tmux", "tmux")
        self.socket = f"statuslint-{os.getpid()}-{id(self)}"
        self.shots = pathlib.Path(os.environ["STATUSLINT_SHOTS"])
        width, height = map(str, size)
        words = [f"{name}={value}" for name, value in environment.items()]
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", width, "-y", height, "-c", folder,
                  "env", "TERM=screen-256color", "LANG=C.UTF-8", *words, "timeout", "--foreground", "300", *command)

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

    def type(self, text: str) -> None:
        self.tmux("send-keys", "-l", text)

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p", check=False)

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
