# ruff: noqa: E501  (markup as its makers write it, in long lines)
"""Web pages of six more publishing systems, made after the readers had been mended for the others."""

from __future__ import annotations

from tests.corpus.maker.articles import ESSAY, NEWS, POST, SCIENCE, Story
from tests.corpus.maker.web import BIO, COOKIES, FOOT, LOREM, body, ld, links, nav, og, page, plain


def agency_summary() -> tuple[str, Story]:
    """A news agency of 2024: paragraphs that are no <p>, a summary, who reported and edited, its principles."""
    count = [0]

    def dress(kind: str, text: str, label: str) -> str:
        if kind == "h":
            return f'<h2 class="text-module__heading_3 article-body__heading" data-testid="Heading">{text}</h2>'
        if kind == "p":
            count[0] += 1
            return f'<div class="text__text__1FZLe article-body__paragraph__2" data-testid="paragraph-{count[0] - 1}">{text}</div>'
        return plain(kind, text, label)

    trust = '<div class="article-body__element__2p5pI" data-testid="SignOff"><p class="sign-off__text">Reporting by Marta Lindqvist; Editing by Jane Roe and Tom Poe</p></div><p class="trust-badge__text">Our Standards: <a>The Example Trust Principles.</a><span>, opens new tab</span></p>'
    ad = '<div data-testid="ResponsiveAdSlot"><div><p>Advertisement · Scroll to continue</p></div></div>'
    rel = '<div data-testid="RelatedArticles"><h2>Sign up <a>here.</a></h2></div><div class="summary__container" data-testid="Summary"><ul aria-label="Summary"><li>Council keeps ferry for five years</li><li>Bridge opened in 2019</li></ul></div>'
    inside = f'<header>{nav("site-header__nav")}</header><main><article data-testid="Article"><div class="article-header__container"><div class="article-header__heading"><h1 data-testid="Heading">{NEWS.title}</h1><div><span>By <a rel="author">{NEWS.byline}</a></span></div><time><span>March 19, 2024</span><span>10:14 PM GMT+1</span><span>Updated 2 hours ago</span></time></div></div><div class="toolbar"><button>Aa</button><button>Share</button></div><figure data-testid="primary-image"><img alt="A ferry leaves Eastmouth"><figcaption>[1/2] A ferry leaves its quay in Eastmouth, March 19, 2024. EXAMPLE/Ann Lee Purchase Licensing Rights<span>, opens new tab</span></figcaption></figure><div class="article-body__content__17Yit">{body(NEWS, dress, {1: ad, 4: rel})}{trust}</div><div class="author-bio__author-card"><a>{NEWS.byline}</a><p>Thomson Example</p><p>{BIO.format(NEWS.byline)}</p></div></article><div data-testid="ReadNext"><h2>Read Next</h2>{links("story-card", "Read Next")}</div></main>{FOOT}'
    signed = Story(NEWS.title, NEWS.byline, NEWS.day, (*NEWS.body, ("p", "Reporting by Marta Lindqvist; Editing by Jane Roe and Tom Poe")))
    return page(NEWS, og(NEWS) + ld(NEWS), inside), signed


def cable() -> tuple[str, Story]:
    """A cable network: components with names, related articles, films and a newsletter within the text."""

    def dress(kind: str, text: str, label: str) -> str:
        if kind == "p":
            return f'<p class="paragraph inline-placeholder vossi-paragraph" data-uri="cms.x/_components/paragraph/instances/p@published" data-editable="text" data-component-name="paragraph">{text}</p>'
        if kind == "h":
            return f'<h2 class="subheader inline-placeholder" data-component-name="subheader" id="x">{text}</h2>'
        return plain(kind, text, label)

    rel = f'<div class="related-content related-content--article" data-component-name="related-content"><a class="related-content__link"><span class="related-content__headline"><span class="related-content__label">Related article</span> {LOREM[0][0]}</span></a></div>'
    img = '<div class="image image__ image__hide-placeholder" data-component-name="image"><picture><img alt="A map of the valley"></picture><div class="image__metadata"><div itemprop="caption" class="image__caption attribution"><span data-editable="metaCaption">The valley in 1911</span></div><figcaption class="image__credit">State Archive</figcaption></div></div>'
    vid = '<div class="video-resource" data-component-name="video-resource"><div class="video-resource__headline">How glaciers move</div><div class="video-resource__details"><div class="video-resource__meta">01:12 - Source: <a>Example</a></div></div></div>'
    inside = f'<div class="ad-feedback__modal"><div class="ad-feedback__heading__text">Ad Feedback</div><div><p>How relevant is this ad to you?</p></div></div><header class="header__wrapper-outer">{nav("header__nav")}</header><section class="layout__top"><div class="headline headline--has-lowertext"><h1 class="headline__text inline-placeholder vossi-headline-text" id="maincontent" data-editable="headlineText">{SCIENCE.title}</h1><div class="headline__footer"><div class="headline__sub-container"><div class="byline vossi-byline"><div class="byline__names">By <span class="byline__name">Priya Raman</span> and <span class="byline__name">Jonas Weil</span>, Example</div></div><div class="headline__sub-description"><div class="headline__byline-sub-text"><span data-editable="readTime">4 minute read</span></div><div class="timestamp vossi-timestamp">Published 5:00 AM EDT, Thu November 2, 2023</div></div></div></div></div></section><main class="article__main"><div class="article__content-container"><div class="article__content" itemprop="articleBody"><div class="editor-note inline-placeholder"><p>Sign up for Example’s Wonder Theory science newsletter. <em>Explore the universe with news on fascinating discoveries</em>.</p></div>{body(SCIENCE, dress, {1: rel, 3: img, 6: vid})}</div></div></main><section class="layout__bottom"><div class="zone"><h2>More from Example</h2>{links("container__item", "Up next")}</div></section>{FOOT}'
    return page(SCIENCE, og(SCIENCE) + ld(SCIENCE), inside), SCIENCE


def network() -> tuple[str, Story]:
    """A broadcaster with a list of recommended stories after the first paragraph."""
    lst = '<div class="recommended-stories"><h2>Recommended Stories</h2><span class="screen-reader-text">list of 4 items</span><ul><li><a>Storm brings down trees</a></li><li><a>Night train returns</a></li></ul><span class="screen-reader-text">end of list</span></div>'
    inside = f'<div class="header-inner">{nav("site-header__navigation")}</div><main id="main-content-area"><header class="article-header"><div class="article-breadcrumbs"><a>News</a>|<a>Transport</a></div><h1>{NEWS.title}</h1><p class="article__subhead"><em>Opponents call the decision sentimental arithmetic.</em></p></header><figure class="article-featured-image"><img alt="Ferry"><figcaption>Residents applaud outside the town hall [Ann Lee/Example]</figcaption></figure><div class="article-info-block"><div class="article-b-l"><div class="article-author-name">By <a class="author-link">{NEWS.byline}</a></div><div class="article-dates"><div class="date-simple css-1"><span class="screen-reader-text">Published On 19 Mar 2024</span><span aria-hidden="true">19 Mar 2024</span></div></div></div><div class="article-b-r"><p class="social-share">Click here to share on social media</p></div></div><div class="wysiwyg wysiwyg--all-content css-ibbk12" aria-live="polite">{body(NEWS, after={0: lst, 5: "<p><strong>Sign up for Example</strong></p><p>Week in the Harbour</p>"})}<hr><div class="article-source">Source: Example and news agencies</div></div></main>{links("more-on-content", "More from News")}<div class="optanon"><p>You rely on Example for truth</p><p>{COOKIES}</p></div>{FOOT}'
    read = Story(
        NEWS.title, NEWS.byline, NEWS.day, (("p", "Opponents call the decision sentimental arithmetic."), *NEWS.body)
    )
    return page(NEWS, og(NEWS) + ld(NEWS), inside), read


def fields() -> tuple[str, Story]:
    """Drupal 10 with a field for each paragraph, and “Submitted by” as its byline."""

    def dress(kind: str, text: str, label: str) -> str:
        if kind == "li":
            return plain(kind, text, label)
        return f'<div class="field__item"><div class="paragraph paragraph--type--text paragraph--view-mode--default"><div class="clearfix text-formatted field field--name-field-text field--type-text-long field--label-hidden field__item">{plain(kind, text, label)}</div></div></div>'

    call = '<div class="paragraph paragraph--type--donation-banner"><h3>Keep us independent</h3><p>Give what you can today.</p></div>'
    inside = f'<div class="dialog-off-canvas-main-canvas"><header role="banner"><div class="region region-header"><nav role="navigation" class="block block-menu">{nav("menu--main")}</nav></div></header><div class="region region-breadcrumb"><nav aria-label="Breadcrumb"><ol><li>Home</li><li>Essays</li></ol></nav></div><main role="main"><div class="region region-content"><div class="block block-page-title-block"><h1 class="page-header"><span class="field field--name-title field--type-string field--label-hidden">{ESSAY.title}</span></h1></div><article class="node node--type-article node--view-mode-full clearfix"><footer class="node__meta"><div class="node__submitted">Submitted by <span class="field field--name-uid"><span>{ESSAY.byline}</span></span> on <span class="field field--name-created">Sun, 06/27/2021 - 09:14</span></div></footer><div class="node__content clearfix"><div class="field field--name-field-content">{body(ESSAY, dress, {2: call})}</div><div class="field field--name-field-tags field--label-above"><div class="field__label">Tags</div><div class="field__items"><div class="field__item"><a>roads</a></div></div></div><div class="links"><ul class="links inline"><li class="comment-add"><a>Add new comment</a></li><li class="statistics">312 views</li></ul></div></div></article><section class="field field--name-comment comment-wrapper"><h2 class="title comment-form__title">Add new comment</h2><form><label>Your name</label></form></section></div></main><aside class="layout-sidebar-second"><div class="block"><h2>Upcoming events</h2><p>Reading in the library, 3 July at seven.</p></div></aside></div>{FOOT}'
    return page(ESSAY, "", inside), ESSAY


def portal() -> tuple[str, Story]:
    """A portal that takes over articles: collapsed text, links between paragraphs, where it appeared first."""
    inside = f'<div id="ybar">{nav("ybar")}</div><div class="caas-container"><article class="caas-content-wrapper"><header class="caas-header"><div class="caas-logo"><span>Eastmouth Post</span></div><div class="caas-title-wrapper"><h1 data-test-locator="headline">{POST.title}</h1></div></header><div class="caas-content-byline-wrapper"><div class="caas-attr"><div class="caas-attr-meta"><div class="caas-attr-item-author"><span class="caas-author-byline-collapse">{POST.byline}</span></div><div class="caas-attr-time-style"><time datetime="2024-08-05T10:00:00.000Z">Mon, August 5, 2024 at 12:00 PM GMT+2</time><span class="caas-attr-separator">·</span><span class="caas-attr-mins-read">4 min read</span></div></div></div><div class="caas-share-section"><button>3</button></div></div><div class="caas-body-wrapper"><div class="caas-body-content"><div class="caas-body"><div class="caas-readmore caas-readmore-collapse"><button>Story continues</button></div>{body(POST, plain, {2: "<figure class=caas-figure><img alt=x><div class=caption-wrapper><figcaption class=caption-collapse>My stand and Lou’s hammer - Photo by the author</figcaption></div></figure>", 6: "<div class=caas-iframe></div><p><em>[Read more: <a>Ten soups for a cold week</a>]</em></p>"})}<p><em>This article originally appeared on Eastmouth Post: Five things I learned from mending my own bicycle</em></p></div></div></div><div class="caas-comments"><button>View comments (12)</button></div></article></div><div id="rec"><h3>Recommended Stories</h3><ul><li><h4><a>{LOREM[1][0]}</a></h4><p>{LOREM[1][1]}</p></li></ul></div>'
    return page(POST, og(POST) + ld(POST), inside), POST


def builder() -> tuple[str, Story]:
    """A site builder: hashed names, an empty line after each paragraph, the byline above the title."""

    def dress(kind: str, text: str, label: str) -> str:
        if kind == "h":
            return f'<h2 dir="auto" class="pTN9P bCMSCT hcKPE"><span class="B2EFF"><strong>{text}</strong></span></h2>'
        if kind == "li":
            return f'<li class="zWt4t"><p class="XzvDs"><span>{text}</span></p></li>'
        return f'<div data-breakout="normal"><p dir="auto" class="XzvDs _208Ie ITRfG" id="viewer-x"><span class="_2PHJq public-DraftStyleDefault-ltr">{text}</span></p></div><div type="empty-line" data-hook="rcv-block4"></div>'

    inside = f'<div id="SITE_HEADER">{nav("wixui-horizontal-menu")}<div>Log In</div></div><main id="PAGES_CONTAINER"><div data-hook="post-page"><div class="blog-post-category-link"><a>All Posts</a><a>Workshop</a></div><article class="blog-post-page-font"><div data-hook="post-description"><div class="avatar"><span data-hook="user-name">{POST.byline}</span></div><ul class="post-metadata"><li><span data-hook="time-ago" title="Aug 5, 2024">Aug 5, 2024</span></li><li><span data-hook="time-to-read">4 min read</span></li></ul></div><h1 class="blog-post-title-font" data-hook="post-title"><span class="post-title__text">{POST.title}</span></h1><div class="post-content__body" data-hook="post-description-body"><div data-rce-version="9">{body(POST, dress)}</div></div><div class="post-footer"><span>38 views</span><span>0 comments</span></div></article><section><h2>Recent Posts</h2><a>See All</a><article><h3>{LOREM[0][0]}</h3></article></section><div data-hook="comments"><h2>Comments</h2><p>Write a comment...</p></div></div></main><div id="SITE_FOOTER"><p>©2024 by Wheels. Proudly created with Example.com</p></div>'
    return page(
        POST,
        f'<meta property="og:title" content="{POST.title}"><meta property="article:author" content="{POST.byline}"><meta property="article:published_time" content="2024-08-05T07:00:00Z">',
        inside,
    ), POST


SHAPES = {
    "agency-summary": agency_summary,
    "cable": cable,
    "network": network,
    "paragraph-fields": fields,
    "portal": portal,
    "site-builder": builder,
}
