"""A protocol that believes nothing: every message of the server has to be what lsprotocol says.

lsprotocol reads over what it does not know and fills in what is missing. So each message is taken
apart, put together again, and has to be the same as before.
"""

import json
import typing
from collections import Counter

from lsprotocol import types
from pytest_lsp.protocol import LanguageClientProtocol

PROGRESS = {
    "begin": types.WorkDoneProgressBegin,
    "report": types.WorkDoneProgressReport,
    "end": types.WorkDoneProgressEnd,
}
OWN = "statuslint/"
"""What the methods begin with that lsprotocol cannot know."""


class Ledger:
    """What was said in all sessions of a run."""

    def __init__(self):
        self.checked = Counter()
        """The messages of the server that were checked, by method; answers by the request's."""
        self.driven = Counter()
        """The requests and notifications that the client sent, by method."""
        self.sent = 0
        """The messages of the client, answers included."""
        self.errors = Counter()
        """The requests that the server answered with an error, by method."""
        self.registered = set()
        """The methods that the server registered for later."""
        self.advertised = []
        """The capabilities that the server told, one for each session."""
        self.problems = []
        """What is wrong with the messages, in sentences."""


LEDGER = Ledger()


def section(value, _):
    """Reads the sections of settings that are registered for; lsprotocol has no way to."""
    names = value if isinstance(value, list) else [value]
    if not all(isinstance(name, str) for name in names):
        raise ValueError(f"{value!r} is no section")
    return value


SECTION = typing.get_type_hints(types.DidChangeConfigurationRegistrationOptions)["section"]


def differences(before, after, path=""):
    """Where two JSON values differ, types included."""
    if type(before) is not type(after):
        yield f"{path or 'it'} was {before!r} and became {after!r}"
    elif isinstance(before, dict):
        for key in before.keys() | after.keys():
            place = f"{path}.{key}"
            if key not in after:
                yield f"{place} is {before[key]!r}, which lsprotocol does not know"
            elif key not in before:
                yield f"{place} is missing, which lsprotocol takes for {after[key]!r}"
            else:
                yield from differences(before[key], after[key], place)
    elif isinstance(before, list):
        if len(before) != len(after):
            yield f"{path} had {len(before)} items and has {len(after)}"
        for index, (one, other) in enumerate(zip(before, after)):
            yield from differences(one, other, f"{path}[{index}]")
    elif before != after:
        yield f"{path or 'it'} was {before!r} and became {after!r}"


class StrictProtocol(LanguageClientProtocol):
    """Checks and counts every message."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._converter.register_structure_hook(SECTION, section)
        self.asked = {}
        """The methods of the requests that were sent, by id."""
        self.partial = {}
        """The types of partial results, by token."""

    def _send_data(self, data):
        LEDGER.sent += 1
        method = getattr(data, "method", None)
        if method is not None:
            LEDGER.driven[method] += 1
            if getattr(data, "id", None) is not None:
                self.asked[data.id] = method
        return super()._send_data(data)

    def structure_message(self, data):
        # This is called for each object of a message, the inner ones first.
        if "jsonrpc" not in data:
            return data
        problems = list(self._check(data))
        LEDGER.problems += problems
        if problems:
            raise ValueError("; ".join(problems))
        return super().structure_message(data)

    def _check(self, message):
        kind, name = self._type_of(message)
        LEDGER.checked[name] += 1
        if name.startswith(OWN):
            return
        if kind is None:
            yield f"{name} is no message of the protocol: {message}"
            return
        for problem in self._compare(message, kind):
            yield f"{name}: {problem}"
        for problem in self._check_inside(name, message):
            yield f"{name}: {problem}"
        if name == types.INITIALIZE and "result" in message:
            LEDGER.advertised.append(message["result"]["capabilities"])

    def _type_of(self, message):
        """The type that a message has to have, and its method."""
        if "method" in message:
            method = message["method"]
            kinds = types.METHOD_TO_TYPES.get(method, (None, None))
            # A request has a type for its answer.
            asks = kinds[1] is not None
            return kinds[0] if asks == ("id" in message) else None, method
        method = self.asked.pop(message.get("id"), "an answer to nothing")
        if "error" in message:
            LEDGER.errors[method] += 1
            return types.ResponseErrorMessage, method
        return types.METHOD_TO_TYPES.get(method, (None, None))[1], method

    def _check_inside(self, name, message):
        """What the protocol leaves open, and another part of it says."""
        if name == types.PROGRESS:
            params = message["params"]
            value = params["value"]
            kind = self.partial.get(params["token"]) or PROGRESS.get(value.get("kind"))
            if kind is None:
                yield f"nobody knows what this is: {params}"
            else:
                yield from self._compare(value, kind)
        if name == types.CLIENT_REGISTER_CAPABILITY:
            for registration in message["params"]["registrations"]:
                LEDGER.registered.add(registration["method"])
                kind = types.METHOD_TO_TYPES[registration["method"]][3]
                yield from self._compare(registration["registerOptions"], kind)

    def _compare(self, value, kind):
        try:
            read = self._converter.structure(value, kind)
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is the server's fault
            causes = getattr(problem, "exceptions", [problem])
            yield f"{value} is no {kind.__name__}: {'; '.join(map(str, causes))}"
            return
        written = self._converter.unstructure(read)
        yield from differences(value, json.loads(json.dumps(written)))
