"""The words of the page itself, for the browser."""

from __future__ import annotations

from functools import cache

from dialogs.events import Language
from dialogs.phrases import voice

_PLAIN = (
    "web.title",
    "web.who",
    "web.language",
    "web.language.es",
    "web.language.en",
    "web.channel.customer",
    "web.channel.desk",
    "web.channel.escalations",
    "web.channel.choose",
    "web.channel.empty.customer",
    "web.channel.empty.desk",
    "web.channel.empty.escalations",
    "web.compose",
    "web.compose.reply",
    "web.compose.go_on",
    "web.compose.note",
    "web.send",
    "web.attach",
    "web.attach.remove",
    "web.sending",
    "web.app",
    "web.edited",
    "web.deleted",
    "web.edit",
    "web.delete",
    "web.delete.sure",
    "web.save",
    "web.cancel",
    "web.close",
    "web.react",
    "web.react.ticket",
    "web.react.eyes",
    "web.react.white_check_mark",
    "web.react.pray",
    "web.thread.one",
    "web.thread.hide",
    "web.thread.answer",
    "web.whisper",
    "web.whisper.dismiss",
    "web.form.required",
    "web.form.mend",
    "web.form.optional",
    "web.form.choose",
    "web.select.confirm",
    "web.late",
    "web.offline",
    "web.unreached",
    "web.unsent",
    "web.elsewhere",
    "web.tray",
    "web.tray.empty",
    "web.tray.to",
    "web.clock",
    "web.clock.quarter",
    "web.clock.hour",
    "web.clock.morning",
    "web.today",
    "web.yesterday",
    "web.new",
    "web.latest",
    "web.commands",
    "web.show_more",
    "web.show_less",
    "web.file.forbidden_type",
    "web.file.unreachable",
    "web.file.not_given",
    "web.file.no_space",
)


@cache
def chrome(language: Language) -> dict[str, str]:
    """Return the page's phrases by key; `{name}` stands where the browser puts a value."""
    speak = voice(language)
    return {
        **{key: speak(key) for key in _PLAIN},
        "web.attach.limit": speak("web.attach.limit", megabytes="{megabytes}"),
        "web.file.too_large": speak("web.file.too_large", megabytes="{megabytes}"),
        "web.thread.many": speak("web.thread.many", count="{count}"),
        "web.says": speak("web.says", name="{name}", text="{text}"),
        "web.own_time": speak("web.own_time", time="{time}"),
        "web.tray.answer": speak("web.tray.answer", to="{to}"),
        "web.tray.answered": speak("web.tray.answered", to="{to}"),
        "web.uploading": speak("web.uploading", percent="{percent}"),
        "web.clock.at": speak("web.clock.at", city="{city}"),
        "web.characters": speak("web.characters", count="{count}"),
    }
