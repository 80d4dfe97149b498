# ruff: noqa: E501  (markup as its makers write it, in long lines)
"""Web pages in the shapes of publishers' systems."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from html import escape

from tests.corpus.maker.articles import ESSAY, INTERVIEW, NEWS, POST, SCIENCE, Story

Dress = Callable[[str, str, str], str]
"""(kind, text as HTML, label) → markup of one part."""

LOREM = (
    ("Storm brings down trees across the county", "Dozens of roads were blocked on Sunday evening."),
    ("How to prune an apple tree without fear", "Our gardener explains where to cut and when."),
    ("The quiet return of the night train", "Sleeper services are growing again across the continent."),
    ("Ten soups for a cold week", "From leek to lentil, with recipes that take half an hour."),
)
COOKIES = "We use cookies and similar technologies to give you a better experience, to analyse traffic and to show advertising."
BIO = "{} has written about these matters for many years and lives with two cats by the sea."


def plain(kind: str, text: str, label: str) -> str:
    """Dress a part in the barest HTML."""
    tags = {"p": "<p>{}</p>", "h": "<h2>{}</h2>", "q": "<blockquote><p>{}</p></blockquote>", "li": "<li>{}</li>"}
    if kind == "t":
        return f"<p><strong>{label}:</strong> {text}</p>"
    return tags[kind].format(text)


def body(story: Story, dress: Dress = plain, after: dict[int, str] | None = None, ul: str = "<ul>") -> str:
    """Dress all parts; `after` puts markup behind the part of that number."""
    pieces: list[str] = []
    listed = False
    for index, part in enumerate(story.body):
        kind, text, label = part[0], escape(part[1], quote=False), part[2] if len(part) > 2 else ""
        if listed != (kind == "li"):
            pieces.append(ul if kind == "li" else "</ul>")
            listed = kind == "li"
        pieces.append(dress(kind, text, label))
        if after and index in after and not listed:
            pieces.append(after[index])
    return "\n".join(pieces) + ("</ul>" if listed else "")


def long(story: Story, american: bool = False) -> str:
    """Print the story's date."""
    day = date.fromisoformat(story.day)
    return f"{day:%B} {day.day}, {day.year}" if american else f"{day.day} {day:%B} {day.year}"


def links(cls: str, heading: str = "Related") -> str:
    """Make a box of teasers."""
    items = "".join(f'<li class="{cls}-item"><a href="/{n}"><h3>{t}</h3></a><p>{d}</p></li>' for n, (t, d) in enumerate(LOREM))
    return f'<section class="{cls}"><h2>{heading}</h2><ul>{items}</ul></section>'


def ld(story: Story, kind: str = "NewsArticle", **more: object) -> str:
    """Make a JSON-LD script."""
    thing = {"@context": "https://schema.org", "@type": kind, "headline": story.title, "datePublished": f"{story.day}T09:30:00+01:00",
             "author": [{"@type": "Person", "name": n} for n in story.byline.split(" and ")], **more}  # fmt: skip
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


def page(story: Story, head: str, inside: str, cls: str = "", lang: str = "en", site: str = "The Example") -> str:
    """Make a whole page."""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{escape(story.title)} | {site}</title>\n{head}\n'
        f'<style>p{{margin:0}}</style><script>window.dataLayer=[];function f(){{return "<p>no</p>"}}</script></head>\n'
        f'<body class="{cls}">\n{inside}\n<script>var x = "text that is a script";</script></body></html>'
    )


def og(story: Story, site: str = "The Example") -> str:
    """Make OpenGraph elements."""
    return (
        f'<meta property="og:title" content="{escape(story.title)}"><meta property="og:site_name" content="{site}">'
        f'<meta property="og:type" content="article"><meta property="article:published_time" content="{story.day}T08:00:00Z">'
    )


def nav(cls: str = "nav") -> str:
    """Make a navigation bar."""
    items = "".join(f'<li><a href="/{w}">{w}</a></li>' for w in ("Home", "News", "Opinion", "Sport", "Culture", "Subscribe"))
    return f'<nav class="{cls}" aria-label="Main"><ul>{items}</ul></nav>'


FOOT = (
    "<footer><p>© 2024 The Example Media Company. All rights reserved.</p><ul><li><a>Terms of use</a></li>"
    "<li><a>Privacy policy</a></li><li><a>Contact us</a></li></ul></footer>"
)
COMMENTS = (
    "<h2>2 thoughts on this</h2><ol><li><b>peter_h</b> says: <p>I have been saying this for years and nobody ever listens "
    "to a word of it, as usual.</p></li><li><b>Ana</b> says: <p>Lovely piece, thank you so much for writing it down for us.</p></li></ol>"
)


def wordpress_blocks() -> tuple[str, Story]:
    """WordPress, block editor, Twenty Twenty-Four."""

    def dress(kind: str, text: str, label: str) -> str:
        if kind == "q":
            return f'<blockquote class="wp-block-quote is-layout-flow"><p>{text}</p></blockquote>'
        if kind == "h":
            return f'<h2 class="wp-block-heading">{text}</h2>'
        return plain(kind, text, label)

    figure = (
        '<figure class="wp-block-image size-large"><img src="a.jpg" alt="A white ferry at a stone quay" loading="lazy"/>'
        '<figcaption class="wp-element-caption">The ferry at its berth on Monday. Photo: J. Orme</figcaption></figure>'
    )
    pull = f'<figure class="wp-block-pullquote"><blockquote><p>{"A bridge is a road. A ferry is a promise."}</p></blockquote></figure>'
    inner = (
        f'<div class="wp-site-blocks"><header class="wp-block-template-part">{nav("wp-block-navigation")}</header><main class="wp-block-group">'
        f'<h1 class="wp-block-post-title">{NEWS.title}</h1><div class="wp-block-template-part"><div class="wp-block-group">'
        f'<div class="wp-block-post-date"><time datetime="{NEWS.day}T10:00:00+00:00"><a href="#">{long(NEWS, True)}</a></time></div>'
        f'<p>—</p><p>by</p><div class="wp-block-post-author-name"><a href="/author/m">{NEWS.byline}</a></div></div></div>'
        f'<div class="entry-content wp-block-post-content is-layout-constrained">{body(NEWS, dress, {0: figure, 4: pull}, "<ul class=wp-block-list>")}</div>'
        f'<div class="wp-block-comments">{COMMENTS}<div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form><p>Your email address will not be published.</p></form></div></div>'
        f"</main>{FOOT}</div>"
    )
    return page(NEWS, og(NEWS) + ld(NEWS), inner, "post-template-default single single-post wp-embed-responsive"), NEWS


def wordpress_classic() -> tuple[str, Story]:
    """WordPress, classic editor, with Jetpack's sharing and related posts."""
    inside = (
        f'<div id="page" class="hfeed site"><header id="masthead" class="site-header"><p class="site-title">The Example</p>{nav("main-navigation")}</header>'
        f'<div id="content" class="site-content"><article id="post-7" class="post type-post status-publish category-life tag-bikes">'
        f'<header class="entry-header"><h1 class="entry-title">{POST.title}</h1><div class="entry-meta"><span class="posted-on">Posted on '
        f'<a href="#"><time class="entry-date published" datetime="{POST.day}">{long(POST, True)}</time></a></span><span class="byline"> by '
        f'<span class="author vcard"><a class="url fn n" href="#">{POST.byline}</a></span></span></div></header>'
        f'<div class="entry-content">{body(POST, after={1: _ad(), 6: _newsletter()})}'
        f'<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a>Click to share on Twitter (Opens in new window)</a></li>'
        f'<li><a>Click to share on Facebook (Opens in new window)</a></li></ul></div>{links("jp-relatedposts")}</div>'
        f'<footer class="entry-footer"><span class="cat-links">Posted in <a>Life</a></span><span class="tags-links">Tagged <a>bicycle</a>, <a>tools</a></span></footer>'
        f'</article><nav class="navigation post-navigation"><h2 class="screen-reader-text">Post navigation</h2><div>Previous post: <a>On soup</a></div></nav>'
        f'<div id="comments" class="comments-area">{COMMENTS}</div></div><aside id="secondary" class="widget-area"><h2>Recent posts</h2><ul><li><a>On soup</a></li>'
        f"<li><a>Why I walk to work in the rain</a></li></ul></aside>{FOOT}</div>"
    )
    return page(POST, og(POST), inside, "single single-post postid-7"), POST


def _ad() -> str:
    return '<div class="ad-slot ad-slot--inline" data-ad="1"><span>Advertisement</span><p>Save 30% on a new mattress this week only</p></div>'


def _newsletter() -> str:
    return (
        '<div class="newsletter-signup"><h3>Get our weekly letter</h3><p>Sign up for the best of the week, in your inbox every Friday.</p>'
        "<form><input type=email><button>Sign up</button></form></div>"
    )


def ghost() -> tuple[str, Story]:
    """Ghost, Casper theme."""
    inside = (
        f'<div class="viewport"><header id="gh-head" class="gh-head outer"><nav class="gh-head-inner">{nav("gh-head-menu")}</nav></header><main id="site-main" class="site-main">'
        f'<article class="article post tag-essays"><header class="article-header gh-canvas"><div class="article-tag post-card-tags"><span class="post-card-primary-tag"><a>Essays</a></span></div>'
        f'<h1 class="article-title">{ESSAY.title}</h1><p class="article-excerpt">On a road near my mother’s house.</p><div class="article-byline"><section class="article-byline-content">'
        f'<h4 class="author-name"><a href="/author/o">{ESSAY.byline}</a></h4><div class="byline-meta-content"><time class="byline-meta-date" datetime="{ESSAY.day}">{long(ESSAY)}</time>'
        f'<span class="byline-reading-time"><span class="bull">•</span> 4 min read</span></div></section></div></header>'
        f'<section class="gh-content gh-canvas">{body(ESSAY, after={2: _kg()})}</section></article>'
        f'<section class="footer-cta outer"><div class="inner"><h2 class="footer-cta-title">Sign up for more like this.</h2><a>Enter your email</a><button>Subscribe</button></div></section>'
        f'<aside class="read-more-wrap outer">{links("read-more")}</aside></main>{FOOT}</div>'
    )
    read = Story(ESSAY.title, ESSAY.byline, ESSAY.day, (("p", "On a road near my mother’s house."), *ESSAY.body))
    return page(ESSAY, og(ESSAY) + ld(ESSAY, "Article"), inside, "post-template tag-essays"), read


def _kg() -> str:
    return (
        '<figure class="kg-card kg-image-card kg-card-hascaption"><img class="kg-image" src="x.jpg" alt="Empty road between hedges"><figcaption>'
        "The road in March</figcaption></figure><div class='kg-card kg-signup-card'><p>Become a member and never miss a post again.</p></div>"
    )


def substack() -> tuple[str, Story]:
    """Substack, with its widgets between the paragraphs."""
    widget = (
        '<div class="subscription-widget-wrap"><div class="subscription-widget show-subscribe"><div class="preamble"><p>Slow Reading is a reader-supported publication. '
        'To receive new posts and support my work, consider becoming a free or paid subscriber.</p></div><div class="fake-button">Subscribe</div></div></div>'
    )
    share = '<p class="button-wrapper"><a class="button primary" href="#"><span>Share</span></a></p>'
    inside = (
        f'<div id="entry"><div id="main" class="main typography"><div class="topbar"><a>Slow Reading</a><button>Subscribe</button><button>Sign in</button></div>'
        f'<article class="typography newsletter-post post"><div class="post-header"><h1 class="post-title published">{ESSAY.title}</h1><h3 class="subtitle">Notes from the right-hand lane</h3>'
        f'<div class="byline-wrapper"><div class="profile-hover-card"><a href="#">{ESSAY.byline}</a></div><div class="meta">{long(ESSAY, True)}</div></div>'
        f'<div class="post-ufi"><a>12</a><a>3</a><a>Share</a></div></div><div class="available-content"><div class="body markup">{body(ESSAY, after={1: widget, 4: share})}{widget}</div></div>'
        f'</article><div class="post-footer"><p>Thanks for reading Slow Reading! Subscribe for free to receive new posts.</p></div>'
        f'<div id="discussion" class="comments-page"><h4>Discussion about this post</h4>{COMMENTS}</div></div>{FOOT}</div>'
    )
    head = og(ESSAY, "Slow Reading") + f'<meta name="author" content="{ESSAY.byline}">'
    read = Story(ESSAY.title, ESSAY.byline, ESSAY.day, (("p", "Notes from the right-hand lane"), *ESSAY.body))
    return page(ESSAY, head, inside, "", "en", "Slow Reading"), read


def daily() -> tuple[str, Story]:
    """A big daily with generated class names, promos between paragraphs and a live banner."""

    def dress(kind: str, text: str, label: str) -> str:
        if kind == "p":
            return f'<p class="dcr-1eu361v">{text}</p>'
        if kind == "h":
            return f'<h2 id="x">{text}</h2>'
        return plain(kind, text, label)

    rich = (
        '<aside class="dcr-1x4kl element-rich-link"><a href="/x"><span>Related:</span> <span>Bridge that split a town wins a prize for its architects</span></a></aside>'
    )
    letter = (
        '<figure class="element"><a class="skip" href="#after">skip past newsletter promotion</a><aside aria-label="newsletter promotion"><h2>Sign up to First Edition</h2>'
        "<p>Our morning email breaks down the key stories of the day, telling you what’s happening and why it matters</p><span>Privacy Notice: Newsletters may contain information about charities, "
        'online ads, and content funded by outside parties.</span></aside><p id="after">after newsletter promotion</p></figure>'
    )
    inside = (
        f'<div class="dcr-banner" role="banner">{nav("dcr-nav")}</div><main data-layout="StandardLayout"><article><div data-gu-name="headline"><h1 class="dcr-y70er3">{NEWS.title}</h1></div>'
        f'<div data-gu-name="standfirst"><p>Council backs five more years for the boat, against the advice of its own accountants</p></div>'
        f'<div data-gu-name="meta"><address aria-label="Contributor info"><a rel="author" href="#">{NEWS.byline}</a> <span>Eastmouth correspondent</span></address>'
        f'<details><summary>Tue 19 Mar 2024 22.14 CET</summary>First published on Tue 19 Mar 2024 21.02 CET</details><div class="share-buttons"><button>Share</button></div></div>'
        f'<div id="maincontent" class="article-body-viewer-selector">{body(NEWS, dress, {2: rich, 6: letter})}</div>'
        f'<div class="submeta"><span>Explore more on these topics</span><ul><li><a>Transport</a></li><li><a>Islands</a></li></ul></div></article>'
        f'<section class="onwards-carousel">{links("carousel", "More on this story")}</section></main>'
        f'<div class="contributions-banner"><h2>It’s not too late to support independent journalism</h2><p>Choose how much you would like to give.</p></div>{FOOT}'
    )
    # The standfirst is printed and belongs to the article.
    lead = ("p", "Council backs five more years for the boat, against the advice of its own accountants")
    return page(NEWS, og(NEWS) + ld(NEWS), inside), Story(NEWS.title, NEWS.byline, NEWS.day, (lead, *NEWS.body))


def broadcaster() -> tuple[str, Story]:
    """A public broadcaster: data-component attributes and styled-components' names."""

    def dress(kind: str, text: str, label: str) -> str:
        if kind == "h":
            return f'<div data-component="subheadline-block"><h2 class="sc-f98b1ad2-0">{text}</h2></div>'
        if kind == "li":
            return f"<li>{text}</li>"
        return f'<div data-component="text-block" class="sc-18fde0d6-0"><p class="sc-eb7bd5f6-0">{text}</p></div>'

    image = (
        '<div data-component="image-block"><figure><img alt="Radar antenna on a ridge" src="r.png"><span class="sc-credit">Getty Images</span></figure>'
        '<div data-component="caption-block"><figcaption>The antenna was carried up in eleven pieces</figcaption></div></div>'
    )
    inside = (
        f'<header role="banner">{nav("orb-nav")}</header><main id="main-content"><article><div data-component="headline-block"><h1 class="sc-518485e5-0">{SCIENCE.title}</h1></div>'
        f'<div data-component="byline-block"><div class="sc-byline"><time>{long(SCIENCE)}</time><div><span data-testid="byline-contributors-contributor-0-name">{SCIENCE.byline}</span></div></div>'
        f'<button>Share</button><button>Save</button></div>{body(SCIENCE, dress, {1: image})}<div data-component="topic-list"><ul><li><a>Climate</a></li><li><a>Geology</a></li></ul></div></article>'
        f'<div data-component="links-block">{links("related-content", "Related")}</div></main><div id="cookiePrompt" class="cookie-banner" role="dialog"><h2>Let us know you agree to cookies</h2><p>{COOKIES}</p></div>{FOOT}'
    )
    return page(SCIENCE, og(SCIENCE) + ld(SCIENCE), inside), SCIENCE


def wire() -> tuple[str, Story]:
    """A news agency: dateline-free text, hub links, an ad between paragraphs."""

    def dress(kind: str, text: str, label: str) -> str:
        return plain(kind, text.replace("council", '<a class="LinkEnhancement" href="#">council</a>', 1), label)

    inside = (
        f'<bsp-header>{nav("Page-navigation")}</bsp-header><div class="Page-content"><main class="Page-main"><h1 class="Page-headline">{NEWS.title}</h1>'
        f'<bsp-figure class="Page-lead"><figure class="Figure"><img src="i.webp" alt="Passengers leave the ferry, Monday, March 18, 2024"><figcaption class="Figure-caption"><p>Passengers leave the ferry, Monday, March 18, 2024. (Example Photo/Lena Ortiz)</p></figcaption></figure></bsp-figure>'
        f'<div class="Page-byline"><div class="Page-authors">By&nbsp;<a class="Link">{NEWS.byline}</a></div><div class="Page-dateModified"><bsp-timestamp data-timestamp="1710883000000"><span data-date>Updated 9:02 PM GMT+1, {long(NEWS, True)}</span></bsp-timestamp></div></div>'
        f'<div class="Page-storyBody"><div class="RichTextStoryBody RichTextBody">{body(NEWS, dress, {2: _ad(), 8: _hub()})}</div></div><div class="Page-actions"><ul class="ActionBar"><li>Share</li><li><button>Copy link</button></li></ul></div></main>'
        f'{links("PageListStandardE", "Most read")}</div>{FOOT}'
    )
    return page(NEWS, og(NEWS) + ld(NEWS), inside), NEWS


def _hub() -> str:
    return '<div class="PageListEnhancementGeneric related"><div class="PageList-header-title">Related Stories</div><ul><li><a>Storm brings down trees across the county</a></li></ul></div>'


def tabloid() -> tuple[str, Story]:
    """A newspaper with everything on it: three teasers in the text, tags, comments, a video box."""
    boxes = {
        1: '<div class="inline-promo-box promo-box"><p><strong>READ MORE:</strong> <a>How to prune an apple tree without fear</a></p></div>',
        3: '<div class="video-player__wrapper"><p class="video-caption">Watch: life on the river</p></div>' + _ad(),
        5: '<p><strong>READ MORE: <a href="/y">The quiet return of the night train</a></strong></p>',
    }
    inside = (
        f'<div id="onetrust-consent-sdk"><div class="ot-sdk-row"><h2>We value your privacy</h2><p>{COOKIES}</p><button>Accept all</button></div></div>{nav("main-nav")}'
        f'<div class="article-wrapper"><div class="breadcrumbs"><a>News</a> &gt; <a>Local</a></div><article class="article"><h1 itemprop="headline">{ESSAY.title}</h1>'
        f'<div class="byline"><span>By</span> <a class="publication-theme">{ESSAY.byline}</a></div><ul class="time-info"><li><span class="time-label">Published</span> <time itemprop="datePublished" datetime="{ESSAY.day}T06:00:00Z">06:00, 27 Jun 2021</time></li></ul>'
        f'<div class="social-links share"><ul><li><a>Share</a></li><li><a>Tweet</a></li></ul></div><div class="article-body" itemprop="articleBody">{body(ESSAY, after=boxes)}</div>'
        f'<div class="tag-list"><span>Topics</span><a>Roads</a><a>Family</a></div></article><div class="comments-section" id="comments">{COMMENTS}</div>{links("most-read", "Most Read")}</div>{FOOT}'
    )
    return page(ESSAY, og(ESSAY), inside), ESSAY


def medium() -> tuple[str, Story]:
    """A blogging platform of hashed class names, where the author's card and claps are paragraphs too."""

    def dress(kind: str, text: str, label: str) -> str:
        if kind == "h":
            return f'<h1 class="ma mb fr be">{text}</h1>'
        if kind == "li":
            return f'<li class="nd ne fr">{text}</li>'
        return f'<p class="pw-post-body-paragraph nd ne fr nf">{text}</p>'

    inside = (
        f'<div id="root"><div class="a b c"><div class="ab q"><a>Open in app</a><a>Sign up</a><a>Sign in</a></div></div><article><div class="l"><section><h1 class="pw-post-title fr">{POST.title}</h1>'
        f'<div class="speechify-ignore ab cp"><div class="pw-author"><a data-testid="authorName" rel="noopener">{POST.byline}</a><span><a>Follow</a></span></div><span data-testid="storyReadTime">4 min read</span><span data-testid="storyPublishDate">{long(POST, True)}</span></div>'
        f'<div class="pw-multi-vote-count"><p>218</p></div><div><button>Listen</button><button>Share</button></div>{body(POST, dress, {3: _fig()})}</section></div></article>'
        f'<div class="ad-free"><div class="author-card pw-follower-count"><h2>Written by {POST.byline}</h2><p>1.2K followers</p></div></div><div class="bh"><h2>More from {POST.byline}</h2><p>Recommended from the platform</p></div></div>'
    )
    return page(POST, og(POST, "Platform") + ld(POST, "SocialMediaPosting"), inside, "", "en", "Platform"), POST


def _fig() -> str:
    return '<figure class="paragraph-image"><img alt="" src="z.jpg"><figcaption class="nw ef">The hammer in question. Photo by the author</figcaption></figure>'


def qanda() -> tuple[str, Story]:
    """An interview with labels in bold, in a magazine's Drupal."""
    inside = (
        f'<div class="layout-container"><header role="banner">{nav("block-main-menu")}</header><main role="main"><div class="region region-content"><article class="node node--type-article">'
        f'<h1 class="page-header"><span class="field field--name-title">{INTERVIEW.title}</span></h1><div class="node__meta">Interview by <a class="username">{INTERVIEW.byline}</a>, {long(INTERVIEW)}</div>'
        f'<div class="node__content"><div class="field field--name-body text-formatted">{body(INTERVIEW, after={3: _pull()})}</div><div class="field field--name-field-tags"><div>Tags</div><a>Crafts</a></div></div></article></div>'
        f'<aside class="layout-sidebar-second">{links("view-related")}</aside></main>{FOOT}</div>'
    )
    return page(INTERVIEW, f'<meta name="dcterms.date" content="{INTERVIEW.day}"><meta name="author" content="{INTERVIEW.byline}">', inside), INTERVIEW


def _pull() -> str:
    return '<div class="pull-quote">He said that children have faults as well, and that they ring all the same.</div>'


def questions() -> tuple[str, Story]:
    """An interview without labels: questions in bold, as many magazines print them."""

    def dress(kind: str, text: str, label: str) -> str:
        return f"<p><b>{text}</b></p>" if label == "Q" else f"<p>{text}</p>"

    inside = f'{nav()}<main><h1>{INTERVIEW.title}</h1><div class="meta">By <a>{INTERVIEW.byline}</a></div><div class="body">{body(INTERVIEW, dress)}</div></main>{FOOT}'
    return page(INTERVIEW, ld(INTERVIEW, "Article"), inside), INTERVIEW


def names() -> tuple[str, Story]:
    """An interview with names in capitals, static site."""

    def dress(kind: str, text: str, label: str) -> str:
        if kind == "t":
            return f"<p>{'IWATA' if label == 'Q' else 'BRANDT'}: {text}</p>"
        return plain(kind, text, label)

    inside = (
        f'<header class="site"><a href="/">bell &amp; candle</a></header><main><article><h1>{INTERVIEW.title}</h1><p class="meta"><time datetime="{INTERVIEW.day}">{long(INTERVIEW)}</time> · {INTERVIEW.byline}</p>'
        f"{body(INTERVIEW, dress)}</article></main><footer>Built with a static site generator.</footer>"
    )
    return page(INTERVIEW, "", inside, "", "en-GB", "bell & candle"), INTERVIEW


def wiki() -> tuple[str, Story]:
    """MediaWiki, with edit links, reference marks, a table, a table of contents and references."""

    def dress(kind: str, text: str, label: str) -> str:
        if kind == "h":
            return f'<div class="mw-heading mw-heading2"><h2 id="a">{text}</h2><span class="mw-editsection"><span>[</span><a>edit</a><span>]</span></span></div>'
        mark = '<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span>[</span>1<span>]</span></a></sup>'
        return plain(kind, text + (mark if kind == "p" else ""), label)

    box = '<table class="infobox"><tr><th>Length</th><td>9.4 km</td></tr><tr><th>Mouth</th><td>Sarn chapel</td></tr></table>'
    refs = '<div class="mw-heading"><h2>References</h2></div><div class="reflist"><ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><b><a href="#cite_ref-1">^</a></b></span> Survey of the canton, 1911, p. 4.</li></ol></div>'
    toc = '<div id="toc" class="toc" role="navigation"><h2>Contents</h2><ul><li><a href="#a">1 Ground that moves</a></li></ul></div>'
    inside = (
        f'<div id="mw-navigation"><div id="p-personal">{nav("vector-menu")}</div></div><div id="content" class="mw-body" role="main"><h1 id="firstHeading" class="firstHeading">{SCIENCE.title}</h1><div id="siteSub">From the free encyclopedia</div>'
        f'<div id="bodyContent"><div class="mw-parser-output">{box}{body(SCIENCE, dress, {1: toc})}{refs}</div><div class="printfooter">Retrieved from "https://example.org/w/index.php?title=Sarn"</div><div id="catlinks" class="catlinks">Categories: <a>Glaciers</a></div></div></div>'
    )
    head = f'<meta name="author" content="{SCIENCE.byline}"><meta name="date" content="{SCIENCE.day}">'
    return page(SCIENCE, head, inside, "mediawiki ltr", "en", "Wikivalley"), SCIENCE


def tables() -> tuple[str, Story]:
    """A page of the nineties: tables for layout, <font>, <br><br> for paragraphs, Windows-1252."""
    text = "<br><br>\n".join(escape(p, quote=False) for p in ESSAY.paragraphs)
    inside = (
        f'<table width="760" border=0><tr><td colspan=2><a href="index.html">Home</a> | <a href="news.html">News</a> | <a href="links.html">Links</a></td></tr><tr><td width=140 valign=top>'
        f'<a href="1.html">Archive</a><br><a href="2.html">Letters</a><br><a href="3.html">Guestbook</a></td><td><font face="Times" size=5><b>{ESSAY.title}</b></font><br>'
        f"<font size=2>by {ESSAY.byline}<br>{long(ESSAY)}</font><br><br><font size=3>{text}</font><br><br><hr><font size=1>Last modified: 3 July 2021. You are visitor number 1,024.</font></td></tr></table>"
    )
    return f"<HTML><HEAD><TITLE>{ESSAY.title}</TITLE></HEAD><BODY BGCOLOR=#FFFFFF>{inside}</BODY></HTML>", ESSAY


def drupal_br() -> tuple[str, Story]:
    """A local paper whose editors press Return twice: divs for paragraphs."""

    def dress(kind: str, text: str, label: str) -> str:
        return f"<div>{text}</div><div>&nbsp;</div>" if kind == "p" else plain(kind, text, label)

    inside = (
        f'{nav()}<div class="content"><h1 class="title">{NEWS.title}</h1><div class="submitted">Submitted by {NEWS.byline} on {long(NEWS)}</div><div class="content clearfix">{body(NEWS, dress)}</div>'
        f'<ul class="links inline"><li><a>Log in</a> or <a>register</a> to post comments</li></ul></div>{links("block-views sidebar", "Also in the news")}{FOOT}'
    )
    return page(NEWS, "", inside), NEWS


def noisy_figure() -> tuple[str, Story]:
    """An American daily: headline and kicker, a credit in each caption, a correction, a bottom bio."""
    end = '<div class="correction"><p>A version of this article appears in print on Nov. 3, 2023, Section A, Page 9 of the edition.</p></div>'
    bio = f'<div class="author-bio"><p>{BIO.format("Priya Raman")}</p></div>'
    figure = (
        '<div class="css-79elbk" data-testid="imageblock-wrapper"><figure role="group"><div class="css-1xdhyk6"><span class="visually-hidden">Image</span></div><img alt="The chapel below the former end of the ice."><figcaption data-testid="photoviewer-children-figure-caption">'
        '<span class="caption">The chapel marks where the ice once ended.</span><span class="credit"><span class="visually-hidden">Credit...</span><span>Elin Bauer for The Example</span></span></figcaption></figure></div>'
    )
    inside = (
        f'<div id="app"><a class="skip-link" href="#site-content">Skip to content</a><header class="css-header">{nav("css-nav")}</header><main id="site-content"><article id="story"><div id="top-wrapper"><p>Advertisement</p><a href="#after-top">SKIP ADVERTISEMENT</a></div>'
        f'<header><h1 data-testid="headline">{SCIENCE.title}</h1><div class="css-byline"><p itemprop="author">By <span class="byline-prefix"></span>{SCIENCE.byline}</p></div><time datetime="{SCIENCE.day}T05:00:00-04:00"><span>Nov. 2, 2023</span></time></header>'
        f'<section name="articleBody">{body(SCIENCE, after={1: figure, 4: "<div id=dropzone class=ad><p>Advertisement</p><a>SKIP ADVERTISEMENT</a></div>"})}</section><div class="bottom-of-article">{bio}{end}</div></article>'
        f'{links("recirculation", "Trending in The Example")}</main>{FOOT}</div>'
    )
    return page(SCIENCE, og(SCIENCE) + ld(SCIENCE), inside), SCIENCE


SHAPES = {
    "wordpress-blocks": wordpress_blocks,
    "wordpress-classic": wordpress_classic,
    "ghost-casper": ghost,
    "substack": substack,
    "daily-promos": daily,
    "broadcaster": broadcaster,
    "wire-agency": wire,
    "tabloid-boxes": tabloid,
    "platform-hashed": medium,
    "interview-drupal": qanda,
    "interview-static": names,
    "interview-bold": questions,
    "wiki": wiki,
    "nineties-tables": tables,
    "local-divs": drupal_br,
    "american-daily": noisy_figure,
}
