"""A neutral message as HTML for mail programs: tables and colours in place, since they read no style sheets."""

from __future__ import annotations

from html import escape

from dialogs.messages import (
    Attachments,
    Block,
    Bullets,
    Code,
    Fields,
    Heading,
    Link,
    Mention,
    Message,
    Paragraph,
    Quote,
    SmallPrint,
    Span,
    Spans,
    Strong,
)

_SAFE = ("https://", "http://", "mailto:")
_INK, _PALE, _LINE, _ACCENT = "#1d2b30", "#5c6b70", "#d5dde0", "#1f4b57"


def html_of(message: Message) -> str:
    """Return a whole page. Text of people is escaped; nothing in it is loaded or run."""
    body = "\n".join(map(_block, message.blocks))
    return (
        f'<!doctype html>\n<html lang="{message.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"></head>\n'
        f'<body style="margin:0;padding:24px 16px;background:#f3f6f7;color:{_INK};'
        'font:16px/1.5 system-ui,Segoe UI,Roboto,Helvetica,Arial,sans-serif">\n'
        '<div style="max-width:600px;margin:0 auto;padding:24px;background:#fff;border-radius:8px">\n'
        f"{body}\n</div></body></html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Heading(text=text):
            return f'<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">{_text(text)}</h1>'
        case Paragraph(spans=(Link(text=text, url=url),)) if url.startswith(_SAFE):
            return (
                f'<p style="margin:20px 0"><a href="{escape(url)}" style="display:inline-block;padding:12px 20px;'
                f'border-radius:6px;background:{_ACCENT};color:#fff;text-decoration:none;font-weight:600">'
                f"{_text(text)}</a></p>"
            )
        case Paragraph(spans=spans):
            return f'<p style="margin:0 0 12px">{_spans(spans)}</p>'
        case Quote(spans=spans):
            return (
                f'<blockquote style="margin:0 0 12px;padding:4px 0 4px 12px;border-left:3px solid {_LINE};'
                f'color:{_PALE}">{_spans(spans)}</blockquote>'
            )
        case SmallPrint(spans=spans):
            return f'<p style="margin:12px 0 0;font-size:13px;color:{_PALE}">{_spans(spans)}</p>'
        case Fields(rows=rows):
            lines = "".join(
                f'<tr><td style="padding:4px 16px 4px 0;color:{_PALE};vertical-align:top">{_text(row.label)}</td>'
                f'<td style="padding:4px 0;vertical-align:top">{_spans(row.spans)}</td></tr>'
                for row in rows
            )
            return f'<table role="presentation" style="margin:0 0 12px;border-collapse:collapse">{lines}</table>'
        case Bullets(items=items):
            lines = "".join(f"<li>{_spans(item)}</li>" for item in items)
            return f'<ul style="margin:0 0 12px;padding-left:20px">{lines}</ul>'
        case Attachments(files=files):
            lines = "".join(f"<li>{_text(file.name)}</li>" for file in files)
            return f'<ul style="margin:0 0 12px;padding-left:20px;color:{_PALE}">{lines}</ul>'


def _spans(spans: Spans) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    match span:
        case Strong(text=text):
            return f"<strong>{_text(text)}</strong>"
        case Code(text=text):
            return f'<code style="background:#eef2f3;padding:1px 4px;border-radius:3px">{_text(text)}</code>'
        case Link(text=text, url=url) if url.startswith(_SAFE):
            return f'<a href="{escape(url)}" style="color:{_ACCENT}">{_text(text)}</a>'
        case Mention(name=name):
            return f"@{_text(name)}"
        case _:
            return _text(span.text)


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")
