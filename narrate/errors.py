"""Everything that can go wrong, as one tree.

    NarrateError                 the only class the command line catches
    ├── SourceError              the source cannot be read as an article
    ├── ScriptError              an edited script does not hold together
    ├── CastError                an unknown voice, or a role for somebody who does not speak
    ├── PluginError              an unknown plug-in, or one whose parts are not installed
    ├── EngineError              an engine failed, or its model is missing or not the right one
    └── OutputError              a file cannot be written: no room, no permission

Every message is one line that says what is wrong and what to do about it. Errors of
libraries are turned into these at the boundary, with ``raise ... from``.
"""

from __future__ import annotations


class NarrateError(Exception):
    """Anything a user can act on; its text is one line."""


class SourceError(NarrateError):
    """The source is missing, empty, binary, undecodable, too large or holds no sentence."""


class ScriptError(NarrateError):
    """A script is not in the public form, or says what its article does not."""


class CastError(NarrateError):
    """A voice or a speaker that was asked for does not exist."""


class PluginError(NarrateError):
    """A plug-in does not exist, or a library that it stands on is not installed."""


class EngineError(NarrateError):
    """An engine crashed, hung, returned silence, or lacks its model."""


class OutputError(NarrateError):
    """A file cannot be written where it is wanted."""
