"""OpenDocument files written by hand for the tests: a zip archive around a few lines of XML."""

from __future__ import annotations

import io
import zipfile

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
        ("manifest", "manifest"),
    )
)
_SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
MIME = "application/vnd.oasis.opendocument.text"


def level(number: int, form: str, *, prefix: str = "", suffix: str = ".", shown: int = 1, more: str = "") -> str:
    """A level of a list style with numbers."""
    return (
        f'<text:list-level-style-number text:level="{number}" style:num-format="{form}" style:num-prefix="{prefix}" '
        f'style:num-suffix="{suffix}" text:display-levels="{shown}" {more}/>'
    )


def outline_level(number: int, form: str, *, suffix: str = ".", shown: int = 1) -> str:
    """A level of the style that numbers headings."""
    return (
        f'<text:outline-level-style text:level="{number}" style:num-format="{form}" style:num-suffix="{suffix}" '
        f'text:display-levels="{shown}"/>'
    )


def list_style(name: str, *levels: str) -> str:
    """A list style of some levels."""
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def flat(body: str, *, automatic: str = "", styles: str = "") -> bytes:
    """A file of flat XML (.fodt)."""
    return (
        f'<?xml version="1.0"?><office:document {_SPACES} office:version="1.2" office:mimetype="{MIME}"><office:styles>{styles}'
        f"</office:styles><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}"
        "</office:text></office:body></office:document>"
    ).encode()


def content(body: str, *, automatic: str = "") -> str:
    """The part content.xml."""
    return (
        f'<?xml version="1.0"?><office:document-content {_SPACES} office:version="1.2"><office:automatic-styles>{automatic}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def styles_part(styles: str = "", masters: str = "") -> str:
    """The part styles.xml."""
    return (
        f'<?xml version="1.0"?><office:document-styles {_SPACES} office:version="1.2"><office:styles>{styles}</office:styles>'
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """An archive of parts, the type first as the format asks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIME, zipfile.ZIP_STORED)
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def odt(body: str, *, automatic: str = "", styles: str = "", masters: str = "") -> bytes:
    """A whole document (.odt)."""
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    parts: dict[str, str | bytes] = {
        "content.xml": content(body, automatic=automatic),
        "styles.xml": styles_part(styles, masters),
        "META-INF/manifest.xml": manifest,
    }
    return zipped(parts)


def items(*texts: str, style: str = "", more: str = "") -> str:
    """A list; a text that begins with "<" stands as it is."""
    named = f'text:style-name="{style}" ' if style else ""
    inner = "".join(
        t if t.startswith("<text:list-") else f"<text:list-item>{t if t.startswith('<') else para(t)}</text:list-item>"
        for t in texts
    )
    return f"<text:list {named}{more}>{inner}</text:list>"


def para(text: str, style: str = "") -> str:
    """A paragraph."""
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:p{named}>{text}</text:p>"


def heading(text: str, number: int, more: str = "") -> str:
    """A heading."""
    return f'<text:h text:style-name="Heading_20_{number}" text:outline-level="{number}" {more}>{text}</text:h>'
