# ruff: noqa: E501  (markup as its makers write it, in long lines)
"""EPUBs in the shapes of Calibre, Sigil, Pandoc and InDesign; Word and OpenDocument files."""

from __future__ import annotations

import io
import zipfile
from html import escape

from tests.corpus.maker.articles import ESSAY, INTERVIEW, NEWS, POST, SCIENCE, STORY, Body, Story

XHTML = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en"><head><title>{}</title></head><body{}>{}</body></html>'
CONTAINER = '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles></container>'
OPF = '<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="{v}" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"><dc:title>{t}</dc:title><dc:creator opf:role="aut">{a}</dc:creator><dc:language>en</dc:language><dc:date>{d}</dc:date><dc:identifier id="id">urn:x</dc:identifier></metadata><manifest>{m}</manifest><spine{s}>{r}</spine>{g}</package>'
NCX = '<?xml version="1.0" encoding="utf-8"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{}</navMap></ncx>'


def packed(files: dict[str, str], kind: str) -> bytes:
    """Zip files, the type first and stored."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind:
            archive.writestr(zipfile.ZipInfo("mimetype", (2024, 1, 1, 0, 0, 0)), kind, zipfile.ZIP_STORED)
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def chapters(story: Story) -> list[tuple[str, Body]]:
    """Cut a story at its headings."""
    found: list[tuple[str, list[tuple[str, ...]]]] = []
    for part in story.body:
        if part[0] == "h":
            found.append((part[1], []))
        elif found:
            found[-1][1].append(part)
        else:
            found.append(("", [part]))
    return [(title, tuple(body)) for title, body in found]


def _book(story: Story, documents: list[tuple[str, str, str]], version: str, toc: list[tuple[str, str]], guide: str = "") -> bytes:
    manifest = "".join(f'<item id="i{n}" href="{p}" media-type="application/xhtml+xml"{" properties=" + chr(34) + "nav" + chr(34) if kind == "nav" else ""}/>' for n, (p, _, kind) in enumerate(documents))
    refs = "".join(f'<itemref idref="i{n}"/>' for n, (_, _, kind) in enumerate(documents) if kind != "nav")
    files = {"META-INF/container.xml": CONTAINER.format("OEBPS/content.opf")}
    if version == "2.0":
        manifest += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        files["OEBPS/toc.ncx"] = NCX.format("".join(f'<navPoint id="n{n}" playOrder="{n}"><navLabel><text>{escape(t)}</text></navLabel><content src="{p}"/></navPoint>' for n, (t, p) in enumerate(toc)))
    files["OEBPS/content.opf"] = OPF.format(v=version, t=escape(story.title), a=story.byline, d=story.day, m=manifest, s=' toc="ncx"' if version == "2.0" else "", r=refs, g=guide)
    files |= {f"OEBPS/{path}": text for path, text, _ in documents}
    return packed(files, "application/epub+zip")


def calibre() -> tuple[bytes, Story]:
    """Calibre: EPUB 2, split files, classes for everything, a cover and a copyright page."""
    documents = [("titlepage.xhtml", XHTML.format("Cover", "", '<div><svg xmlns="http://www.w3.org/2000/svg"><image href="cover.jpeg"/></svg></div>'), "")]
    documents.append(("index_split_000.html", XHTML.format("x", ' class="calibre"', f'<p class="calibre_1">{escape(STORY.title)}</p><p class="calibre_1">{STORY.byline}</p><p class="calibre_2">Copyright © 1998 by {STORY.byline}. All rights reserved.</p>'), ""))
    toc = [("Title Page", "index_split_000.html")]
    for number, (title, body) in enumerate(chapters(STORY), start=1):
        text = "".join(f'<p class="calibre_3">{escape(part[1], quote=False)}</p>' for part in body)
        documents.append((f"index_split_{number:03}.html", XHTML.format("x", ' class="calibre"', f'<h2 class="calibre_4" id="c{number}"><span class="bold">{title}</span></h2>{text}<div class="mbp_pagebreak"></div>'), ""))
        toc.append((title, f"index_split_{number:03}.html#c{number}"))
    return _book(STORY, documents, "2.0", toc), STORY


def sigil() -> tuple[bytes, Story]:
    """Sigil: EPUB 3 with a navigation document, notes at the end, index."""
    documents: list[tuple[str, str, str]] = []
    toc: list[tuple[str, str]] = []
    for number, (title, body) in enumerate(chapters(POST)):
        text = "".join(_xhtml(part, number) for part in body)
        title = title or "Before you start"
        documents.append((f"Text/Section{number:04}.xhtml", XHTML.format(escape(title), "", f"<h1>{escape(title)}</h1>{text}"), ""))
        toc.append((title, f"Section{number:04}.xhtml"))
    documents.append(("Text/notes.xhtml", XHTML.format("Notes", "", '<section epub:type="endnotes"><h1>Notes</h1><p id="n1"><a href="Section0001.xhtml#r1">1</a> A pedal with a reflector counts as one part.</p></section>'), ""))
    documents.append(("Text/index.xhtml", XHTML.format("Index", "", '<section epub:type="index"><h1>Index</h1><p>brakes, 3, 7</p><p>hub, 14</p></section>'), ""))
    toc += [("Notes", "notes.xhtml"), ("Index", "index.xhtml")]
    links = "".join(f'<li><a href="{p}">{escape(t)}</a></li>' for t, p in toc)
    documents.append(("Text/nav.xhtml", XHTML.format("Contents", "", f'<nav epub:type="toc"><h1>Table of Contents</h1><ol>{links}</ol></nav>'), "nav"))
    lead = ("h", "Before you start")
    return _book(POST, documents, "3.0", toc), Story(POST.title, POST.byline, POST.day, (lead, *POST.body))


def _xhtml(part: tuple[str, ...], number: int) -> str:
    text = escape(part[1], quote=False)
    mark = f'<sup><a epub:type="noteref" href="notes.xhtml#n1" id="r{number}">1</a></sup>' if number == 1 else ""
    if part[0] == "li":
        return f"<ul><li>{text}</li></ul>"
    return f"<blockquote><p>{text}</p></blockquote>" if part[0] == "q" else f"<p>{text}{mark}</p>"


def pandoc() -> tuple[bytes, Story]:
    """Pandoc: EPUB 3, a title page, one document, sections with levels, footnotes as asides."""
    text = ""
    for title, body in chapters(SCIENCE):
        text += f'<section class="level1" epub:type="chapter"><h1>{title}</h1>' if title else "<section>"
        text += "".join(f'<p>{escape(part[1], quote=False)}<a href="#fn1" class="footnote-ref" id="fnref1" epub:type="noteref">1</a></p>' for part in body) + "</section>"
    notes = '<section class="footnotes" epub:type="footnotes"><aside epub:type="footnote" id="fn1"><p>Survey of the canton, sheet 14.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></aside></section>'
    title = f'<section epub:type="titlepage"><h1 class="title">{SCIENCE.title}</h1><p class="author">{SCIENCE.byline}</p></section>'
    nav = '<nav epub:type="toc"><ol><li><a href="ch001.xhtml#a">Ground that moves</a></li><li><a href="ch001.xhtml#b">A warning for the village</a></li></ol></nav>'
    documents = [("title_page.xhtml", XHTML.format("t", ' epub:type="frontmatter"', title), ""), ("ch001.xhtml", XHTML.format("c", ' epub:type="bodymatter"', text + notes), ""), ("nav.xhtml", XHTML.format("n", "", nav), "nav")]
    return _book(SCIENCE, documents, "3.0", []), SCIENCE


def indesign() -> tuple[bytes, Story]:
    """InDesign: paragraphs of classes alone, &nbsp; and soft hyphens, headings that are no headings."""
    text = "".join(f'<p class="{"Chapter-Head" if part[0] == "h" else "Body-Text ParaOverride-1"}"><span class="CharOverride-1">{escape(part[1], quote=False).replace("harbour", "har&shy;bour", 1).replace(" a ", " a&nbsp;", 1)}</span></p>' for part in NEWS.body)
    documents = [("text.xhtml", XHTML.format("t", ' id="b"', f'<div class="_idGenObjectLayout-1"><div class="Basic-Text-Frame">{text}</div></div>'), "")]
    return _book(NEWS, documents, "2.0", []), NEWS


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CORE = '<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>{}</dc:creator></cp:coreProperties>'
STYLES = f'<?xml version="1.0"?><w:styles {W}><w:style w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="MyHead"><w:name w:val="My Head"/><w:basedOn w:val="berschrift1"/></w:style><w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style><w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style></w:styles>'


def _p(text: str, style: str = "", more: str = "", numbered: bool = False) -> str:
    # Word cuts runs anywhere: at spell-checking marks, at the place where somebody stopped typing.
    half = len(text) // 2
    runs = "".join(f'<w:r><w:t xml:space="preserve">{escape(t, quote=False)}</w:t></w:r><w:proofErr w:type="spellStart"/>' for t in (text[:half], text[half:]))
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if numbered else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style or "Normal"}"/>{number}</w:pPr>{runs}{more}</w:p>'


def _docx(story: Story, blocks: list[str], notes: str = "", core: str = "") -> bytes:
    files = {"[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>', "word/document.xml": f'<?xml version="1.0"?><w:document {W}><w:body>{"".join(blocks)}<w:sectPr/></w:body></w:document>', "word/styles.xml": STYLES, "docProps/core.xml": core or CORE.format(escape(story.title), story.byline)}
    if notes:
        files["word/footnotes.xml"] = f'<?xml version="1.0"?><w:footnotes {W}>{notes}</w:footnotes>'
    files["word/header1.xml"] = f'<?xml version="1.0"?><w:hdr {W}>{_p("CONFIDENTIAL DRAFT")}</w:hdr>'
    return packed(files, "")


def docx_styled() -> tuple[bytes, Story]:
    """Word with styles (named in German), footnotes, a table, a tracked deletion, a text box."""
    note = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    deleted = '<w:del w:id="9"><w:r><w:delText>which was deleted</w:delText></w:r></w:del>'
    blocks = [_p(NEWS.title, "Titel"), _p(f"By {NEWS.byline}"), _p("19 March 2024")]
    for number, part in enumerate(NEWS.body):
        style = {"h": "MyHead" if number > 6 else "berschrift1", "q": "Zitat"}.get(part[0], "")
        blocks.append(_p(part[1], style, (note if number == 0 else "") + (deleted if number == 2 else ""), part[0] == "li"))
    blocks.insert(6, f'<w:tbl><w:tr><w:tc>{_p("Year")}</w:tc><w:tc>{_p("Passengers")}</w:tc></w:tr><w:tr><w:tc>{_p("2019")}</w:tc><w:tc>{_p("412,000")}</w:tc></w:tr></w:tbl>')
    blocks.insert(5, _p("Figure 1: The ferry at low tide", "Beschriftung"))
    notes = f'<w:footnote w:id="2">{_p("Minutes of the council, item 7.")}</w:footnote>'
    return _docx(NEWS, blocks, notes), NEWS


def docx_plain() -> tuple[bytes, Story]:
    """Word without any style: title and headings are bold lines, the author a line below."""

    def bold(text: str) -> str:
        return f'<w:p><w:r><w:rPr><w:b/><w:sz w:val="32"/></w:rPr><w:t>{escape(text, quote=False)}</w:t></w:r></w:p>'

    blocks = [bold(ESSAY.title), _p(ESSAY.byline), _p("June 27, 2021"), "<w:p/>"]
    blocks += [_p(part[1]) for part in ESSAY.body]
    return _docx(ESSAY, blocks, core=CORE.format("", "admin")), ESSAY


def docx_interview() -> tuple[bytes, Story]:
    """Word, an interview: labels in bold, a line break after each."""
    blocks = [_p(INTERVIEW.title, "Titel"), _p(f"By {INTERVIEW.byline}"), _p("September 10, 2022")]
    for part in INTERVIEW.body:
        if part[0] == "t":
            blocks.append(f'<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{part[2]}: </w:t></w:r><w:r><w:t>{escape(part[1], quote=False)}</w:t></w:r></w:p>')
        else:
            blocks.append(_p(part[1]))
    return _docx(INTERVIEW, blocks), INTERVIEW


def odt() -> tuple[bytes, Story]:
    """LibreOffice Writer: automatic styles, a note in the text, an annotation, a list."""
    ns = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:meta='urn:oasis:names:tc:opendocument:xmlns:meta:1.0'"
    note = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Not on Sundays.</text:p></text:note-body></text:note>'
    pieces = [f'<text:p text:style-name="P1">{POST.title}</text:p>', f"<text:p>By {POST.byline}</text:p>", "<text:p>5 August 2024</text:p>"]
    for number, part in enumerate(POST.body):
        text = escape(part[1], quote=False).replace(" the ", "<text:s/>the<text:s/>", 1)
        if part[0] == "h":
            pieces.append(f'<text:h text:outline-level="1"><text:span>{text}</text:span></text:h>')
        elif part[0] == "li":
            pieces.append(f"<text:list><text:list-item><text:p>{text}</text:p></text:list-item></text:list>")
        else:
            pieces.append(f"<text:p>{text}{note if number == 0 else ''}<office:annotation><text:p>Check this.</text:p></office:annotation></text:p>")
    styles = '<office:automatic-styles><style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/></office:automatic-styles>'
    content = f'<?xml version="1.0"?><office:document-content {ns}>{styles}<office:body><office:text>{"".join(pieces)}</office:text></office:body></office:document-content>'
    meta = f'<?xml version="1.0"?><office:document-meta {ns}><office:meta><dc:title>{POST.title}</dc:title><meta:initial-creator>{POST.byline}</meta:initial-creator></office:meta></office:document-meta>'
    return packed({"content.xml": content, "meta.xml": meta}, "application/vnd.oasis.opendocument.text"), POST


EPUBS = {"calibre": calibre, "sigil": sigil, "pandoc": pandoc, "indesign": indesign}
WORD = {"styled": docx_styled, "plain": docx_plain, "interview": docx_interview}
