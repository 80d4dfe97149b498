"""No word is lost: what a source shows is read, or left out for a reason that `--keep` takes back."""

# ruff: noqa: E501 - each made file stands on a line of its own

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from losses import lost

from narrate import plugins, readers
from narrate.model import Article
from narrate.readers import Source

CORPUS = Path(__file__).parent / "corpus" / "files"
ALOUD = "The old man went down to the river, and it was cold there, but he did not turn back at all."


def zipped(files: dict[str, str]) -> bytes:
    """Pack files, the type of the archive first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def page(body: str) -> bytes:
    """Dress a body as a web page with enough to read around it."""
    prose = f"<p>{ALOUD}</p>" * 3
    return f"<!DOCTYPE html><html><head><title>T</title></head><body><article><h1>Cold water</h1>{prose}{body}{prose}</article></body></html>".encode()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:m="http://m" xmlns:wp="http://wp" xmlns:a="http://a" xmlns:mc="http://mc" xmlns:wps="http://wps" xmlns:v="urn:v"'


def run(text: str, properties: str = "") -> str:
    """Make a run of WordprocessingML."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def word(body: str, **others: str) -> bytes:
    """Make a Word document; `others` are further parts: footnotes, comments, header1."""
    prose = f"<w:p>{run(ALOUD)}</w:p>" * 3
    files = {"word/document.xml": f"<w:document {W}><w:body>{prose}{body}{prose}</w:body></w:document>"}
    return zipped(
        files
        | {
            f"word/{name}.xml": f"<w:{name.rstrip('1')} {W}>{text}</w:{name.rstrip('1')}>"
            for name, text in others.items()
        }
    )


def open_document(body: str) -> bytes:
    """Make an OpenDocument text."""
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
                     for name in ("office", "text", "table", "drawing", "style"))  # fmt: skip
    names += ' xmlns:draw="urn:draw" xmlns:svg="urn:svg" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    prose = f"<text:p>{ALOUD}</text:p>" * 3
    content = f"<office:document-content {names}><office:body><office:text>{prose}{body}{prose}</office:text></office:body></office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def book(*documents: str, listed: int = 99) -> bytes:
    """Make an EPUB of documents, of which so many are in the spine."""
    files = {"mimetype": "application/epub+zip"}
    files["META-INF/container.xml"] = '<container><rootfiles><rootfile full-path="o.opf"/></rootfiles></container>'
    items = "".join(
        f'<item id="d{n}" href="d{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(documents))
    )
    spine = "".join(f'<itemref idref="d{n}"/>' for n in range(min(listed, len(documents))))
    files["o.opf"] = (
        f"<package><metadata><title>Cold water</title></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    for number, body in enumerate(documents):
        files[f"d{number}.xhtml"] = (
            f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>{body}<p>{ALOUD}</p></body></html>'
        )
    return zipped(files)


HEADS = "From: Ann Lee <ann@example.org>\r\nSubject: Cold water\r\nMIME-Version: 1.0\r\n"


def letter(kind: str, *parts: str) -> bytes:
    """Make a letter of several parts."""
    inner = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return f"{HEADS}Content-Type: multipart/{kind}; boundary=b\r\n\r\n{inner}--b--\r\n".encode()


def plain(text: str) -> str:
    """Make a part of a letter."""
    return f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"


PAGES = {
    "a definition list": "<dl><dt>Weir</dt><dd>A low dam across a stream.</dd><dt>Ford</dt><dd>A shallow crossing.</dd></dl>",
    "details": "<details><summary>Show more</summary><p>Nobody had seen the herons leave.</p></details>",
    "a template": "<template><p>Inert markup waits for a script.</p></template>",
    "noscript": "<noscript><p>Please enable scripts for the chart.</p></noscript>",
    "an iframe": "<iframe src='x'>Your browser shows no frames.</iframe>",
    "media": "<video><p>Download the film instead.</p></video><audio>Sound unsupported.</audio>",
    "an object": "<object data='x'><p>Fallback for the map.</p></object>",
    "a drawing": "<svg><title>Rainfall by month</title><text x='1'>January</text><text>February</text></svg>",
    "a drawing in a paragraph": "<p>He saw <svg><text>arrow glyph</text></svg> the <b>heron</b> fly.</p>",
    "mathematics": "<p>Where <math><mi>speed</mi><mo>=</mo><mi>distance</mi><annotation>latexsource</annotation></math> holds.</p>",
    "ruby": "<p>The word <ruby>kanji<rp>(</rp><rt>reading</rt><rp>)</rp></ruby> was printed.</p>",
    "preformatted text": "<pre>def heron():\n    return wings</pre>",
    "a table in a table": "<table><tr><td>outer<table><tr><td>inner cell</td></tr></table></td><td>second</td></tr></table>",
    "a table with a caption": "<table><caption>Herons counted</caption><tr><th>Year</th></tr><tr><td>many</td></tr></table>",
    "a figure": "<figure><img src=x alt='A heron asleep'><figcaption>Asleep at noon <span class=credit>Photo Ann Lee</span></figcaption></figure>",
    "a form": "<form><label>Your address</label><select><option>Norway</option><option>Sweden</option></select><button>Send</button><textarea>remarks</textarea></form>",
    "a map": "<map name=m><area alt=x></map><canvas>canvas fallback</canvas>",
    "directions": "<p dir=rtl>שלום <bdo dir=ltr>turned</bdo> <bdi>isolated</bdi></p>",
    "hidden text": "<p hidden>secret one</p><p style='display:none'>secret two</p><div aria-hidden=true>secret three</div>",
    "marks": "<p>He swam.<sup><a href='#fn1'>1</a></sup></p><ol class=footnotes><li id=fn1>Swimming is forbidden.</li></ol>",
    "an author box": "<div class='author-bio'><p>Ann Lee writes on rivers.</p></div>",
    "comments": "<section id=comments><p>What a fine heron that was!</p></section>",
    "text without a paragraph": "Loose words<br>on two lines<p>and in one</p>tail of it",
    "an unclosed table": "<table><tr><td>cell<p>in it</table><p>behind it",
    "deleted and inserted": "<p>The <del>grey</del> <ins>white</ins> heron</p>",
    "custom elements": "<my-card><span slot=x>Slotted words</span></my-card><marquee>rolling words</marquee>",
    "frames": "<noframes>Frames are needed.</noframes>",
    "a dialog": "<dialog open><p>We use cookies here.</p></dialog>",
    "deep nesting": "<div>" * 900 + "<p>Down at the bottom.</p>" + "</div>" * 900 + "<p>Up again.</p>",
    "a list in a list": "<ul><li>one thing<ul><li>inner thing</li></ul>after it</li></ul>",
    "a heading with a link": "<h2><a href=/>Linked heading</a></h2><p><a href=x>Only links here</a> <a href=y>and there</a></p>",
    "an empty-looking cell": "<td>stray cell</td><li>stray item</li><dd>stray definition</dd>",
    "processing": "<?php echo 1 ?><p>Behind the instruction.</p>",
    "a comment in mid-word": "<p>un<!-- x -->broken sentence here</p>",
    "entities": "<p>caf&eacute; &lt;tag&gt; &amp;amp; &notanentity; words</p>",
}  # fmt: skip
WORD = {
    "a table": "<w:tbl><w:tr><w:tc><w:p>" + run("cell words") + "</w:p></w:tc></w:tr></w:tbl>",
    "a text box": "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent><w:p>" + run("boxed words") + "</w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p>" + run("boxed words") + "</w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>" + run(" around the box") + "</w:p>",
    "tracked changes": "<w:p>" + run("He ") + "<w:del><w:r><w:delText>walked </w:delText></w:r></w:del><w:ins>" + run("swam") + "</w:ins>" + run(" home") + "</w:p>",
    "a deleted paragraph": "<w:p><w:del><w:r><w:delText>Struck out entirely</w:delText></w:r></w:del></w:p>",
    "hidden text": "<w:p>" + run("Seen ") + run("unseen", "<w:vanish/>") + run(" again") + "</w:p>",
    "a content control": "<w:sdt><w:sdtContent><w:p>" + run("controlled words") + "</w:p></w:sdtContent></w:sdt>",
    "a link": "<w:p><w:hyperlink>" + run("linked words") + "</w:hyperlink><w:smartTag>" + run(" smart words") + "</w:smartTag><w:fldSimple>" + run(" field words") + "</w:fldSimple></w:p>",
    "a formula": "<w:p>" + run("where ") + "<m:oMath><m:r><m:t>energy</m:t></m:r></m:oMath></w:p>",
    "an equation alone": "<m:oMathPara><m:oMath><m:r><m:t>momentum</m:t></m:r></m:oMath></m:oMathPara>",
}  # fmt: skip
OPEN = {
    "a table": "<table:table><table:table-row><table:table-cell><text:p>cell words</text:p></table:table-cell></table:table-row></table:table>",
    "a frame": "<text:p>before <draw:frame><draw:text-box><text:p>boxed words</text:p></draw:text-box><svg:title>pictured</svg:title><svg:desc>described</svg:desc></draw:frame> behind</text:p>",
    "a shape": "<text:p>anchor <draw:custom-shape><text:p>shaped words</text:p></draw:custom-shape> line</text:p>",
    "a section": "<text:section><text:p>sectioned words</text:p></text:section>",
    "a note": "<text:p>He swam<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>noted words</text:p></text:note-body></text:note> home</text:p>",
    "an annotation": "<text:p>He<office:annotation><dc:creator>Bob</dc:creator><text:p>check facts</text:p></office:annotation> swam</text:p>",
    "tracked changes": "<text:tracked-changes><text:changed-region><text:deletion><text:p>struck words</text:p></text:deletion></text:changed-region></text:tracked-changes>",
    "ruby": "<text:p>The <text:ruby><text:ruby-base>kanji</text:ruby-base><text:ruby-text>reading</text:ruby-text></text:ruby> word</text:p>",
    "a list": "<text:list><text:list-item><text:p>item words</text:p><text:list><text:list-item><text:p>inner words</text:p></text:list-item></text:list></text:list-item></text:list>",
    "hidden text": "<text:p>Seen <text:hidden-text text:string-value='x'>unseen</text:hidden-text> again</text:p>",
    "a numbered paragraph": "<text:numbered-paragraph><text:p>numbered words</text:p></text:numbered-paragraph>",
    "an index": "<text:table-of-content><text:index-body><text:p>Chapter one</text:p></text:index-body></text:table-of-content>",
}  # fmt: skip
MARKDOWN = {
    "deep quotations": ">" * 300 + " Down at the bottom.\n\nUp again.",
    "deep lists": "- " * 60 + "Down at the bottom.\n\nUp again.",
    "notes of one word": "He swam.[^1]\n\n[^1]: Ibid.\n[^2]: Cold, and deep.\n",
    "a note with a link": "He swam.[^a]\n\n[^a]: https://example.org/herons\n",
    "a table": "| Year | Herons |\n| --- | --- |\n| first | many |\n",
    "code": "```\ndef heron(): wings\n```\n\n    indented code words\n\n`inline code words` here",
    "markup": "<div class='x'>\nraw words <b>bold</b>\n</div>\n\n<details><summary>more</summary>\n\nfolded words\n\n</details>",
    "a picture": "![A heron asleep](heron.jpg 'Title') and ![another][ref] words\n\n[ref]: x.jpg\n",
    "definitions": "Weir\n: A low dam.\n\nFord\n: A crossing.\n",
    "mathematics": "Inline $speed = distance$ and\n\n$$\nmomentum\n$$\n",
    "a directive": "::: warning\nDo not swim.\n:::\n\n{% include x %}\n\n> [!NOTE]\n> Noted words.\n",
    "tasks": "- [ ] buy boots\n- [x] sell boots\n",
    "headings": "Setext heading\n===\n\nAnother\n---\n\n### Closed ### {#id .class}\n",
    "escapes": "1986\\. A great year &copy; \\*starred\\* <https://example.org/auto> ~~struck words~~\n",
    "inline markup": "He <span lang=fr>nageait</span> <img alt='pictured words' src=x> home<sup>2</sup>\n",
}  # fmt: skip
BOOKS = {
    "notes by type": book("<p>He swam.<a epub:type='noteref' href='#n'>1</a></p><aside epub:type='footnote' id='n'><p>Noted words.</p></aside>"),
    "a drawn page": book("<div style='position:absolute'><span>Fixed</span> <span>layout</span></div><svg xmlns='http://www.w3.org/2000/svg'><text>lettered picture</text></svg>"),
    "a document out of the spine": book("<p>Chapter words.</p>", "<p>Popup words.</p>", listed=1),
    "nested contents": book("<nav epub:type='toc'><ol><li><a href='d1.xhtml'>Part one</a><ol><li><a href='d1.xhtml#a'>Chapter one</a></li></ol></li></ol></nav>", "<h1>Part one</h1><h2 id='a'>Chapter one</h2>"),
    "an index": book("<p>Chapter words.</p>", "<section epub:type='index'><h1>Index</h1><p>herons, passim</p></section>"),
}  # fmt: skip
LETTERS = {
    "two texts": letter("mixed", plain(ALOUD), plain("Second part of it.")),
    "a text and a picture and a text": letter("mixed", plain(ALOUD), "Content-Type: image/png\r\n\r\nx\r\n", plain("After the picture.")),
    "a forwarded letter": letter("mixed", plain("You must read this."), f"Content-Type: message/rfc822\r\n\r\nFrom: Bob <b@example.org>\r\nSubject: Herons\r\nContent-Type: text/plain\r\n\r\n{ALOUD} Forwarded words.\r\n"),
    "a letter with its list's foot": letter("mixed", f"Content-Type: text/html\r\n\r\n<p>{ALOUD}</p><p>{ALOUD}</p>\r\n", plain("Unsubscribe from herons@example.org")),
    "quoted printable": f"{HEADS}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{ALOUD} caf=C3=A9 soft=\r\nbreak\r\n".encode(),
    "a note above what is forwarded": f"{HEADS}\r\nYou must read this one.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Bob <bob@example.org>\r\nDate: Tue, 5 Mar 2024\r\nSubject: Herons\r\nTo: Ann\r\n\r\n{ALOUD}\r\n".encode(),
    "an answer": f"{HEADS}\r\n{ALOUD}\r\n\r\nOn Monday Bob wrote:\r\n> quoted words\r\n\r\n-- \r\nAnn\r\nHeron Society\r\n".encode(),
}  # fmt: skip
MADE = {
    **{f"{name}.html": page(body) for name, body in PAGES.items()},
    **{f"{name}.docx": word(body) for name, body in WORD.items()},
    "notes.docx": word("<w:p>" + run("Swam") + "<w:r><w:footnoteReference w:id='2'/></w:r></w:p>", footnotes=f"<w:footnote w:id='2'><w:p>{run('first line')}</w:p><w:p>{run('second line')}</w:p></w:footnote><w:footnote w:id='3'><w:p>{run('orphaned note')}</w:p></w:footnote>"),
    "comments.docx": word("", comments=f"<w:comment w:id='1'><w:p>{run('reviewed words')}</w:p></w:comment>", header1=f"<w:p>{run('Running head')}</w:p>", footer1=f"<w:p>{run('Confidential')}</w:p>"),
    **{f"{name}.odt": open_document(body) for name, body in OPEN.items()},
    **{f"{name}.md": f"# Cold water\n\n{ALOUD}\n\n{body}\n\n{ALOUD}\n".encode() for name, body in MARKDOWN.items()},
    **{f"{name}.epub": data for name, data in BOOKS.items()},
    **{f"{name}.eml": data for name, data in LETTERS.items()},
}  # fmt: skip


def read(name: str, data: bytes) -> Article:
    """Read without the guard."""
    source = Source(name, data)
    found = plugins.load("readers", readers.surest(source)).read(source)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize("name", MADE)
def test_nothing_that_a_source_shows_is_lost(name: str) -> None:
    """Tables, boxes, notes, hidden and deleted text: each word is in a block or in an omission with a reason."""
    article = read(name, MADE[name])
    assert not lost(article, name, MADE[name])
    assert all(omission.reason for omission in article.omissions)


@pytest.mark.parametrize(
    "path", sorted(path for path in CORPUS.iterdir() if path.suffix != ".json"), ids=lambda path: path.name
)
def test_nothing_of_the_corpus_is_lost(path: Path) -> None:
    """The same of every file of the corpus."""
    data = path.read_bytes()
    assert not lost(read(path.name, data), path.name, data)
