# ruff: noqa: E501  (markup as its makers write it, in long lines)
"""More web pages in the shapes of publishers' systems, each with what stands around an article there."""

from __future__ import annotations

import json

from tests.corpus.maker.articles import ESSAY, INTERVIEW, NEWS, POST, SCIENCE, Story
from tests.corpus.maker.web import BIO, COOKIES, FOOT, LOREM, body, ld, links, long, nav, og, page, plain

CONSENT = (
    f'<div id="sp_message_container_1" role="alertdialog"><h2>Your privacy</h2><p>{COOKIES} With your agreement, we and our 214 partners '
    "store and access personal data on your device.</p><button>Reject all</button><button>Yes, I’m happy</button></div>"
)
LIVE = Story(
    "Flood on the Sarn: bridge closed as river keeps rising – live",
    "Priya Raman",
    "2024-10-09",
    (
        ("p", "Police closed the road bridge at Unterdorf shortly before noon after the river rose by more than a metre in three hours."),
        ("h", "Schools to stay shut on Thursday"),
        ("p", "All schools in the valley will stay closed tomorrow, the canton has announced. Buses that run for pupils are cancelled as well."),
        ("p", "“We would rather be laughed at than be late,” the head of the school board, Anna Keller, told reporters."),
        ("h", "‘We carried the piano upstairs’"),
        ("p", "Our reporter Jonas Weil has been talking to people on the Mill Street, where the water stands in the cellars."),
        ("q", "We carried the piano upstairs because it was my mother’s. Everything else can swim."),
        ("p", "Volunteers have filled some four thousand sandbags since dawn, most of them in front of the hospital."),
        ("h", "River passes the mark of 2005"),
        ("p", "The gauge at the chapel showed 4.31 metres at 10.40, two centimetres above the highest level ever measured there."),
        ("p", "The fire brigade asked people to keep away from the banks and not to drive through water whose depth they do not know."),
    ),
)
GALLERY = Story(
    "A year in the life of a lock keeper",
    "Tomas Berg",
    "2023-12-29",
    (
        ("p", "For twelve months our photographer followed Elsa Lund, who has kept the lock at Hallnäs since 1991, from the first ice to the last boat."),
        ("p", "She opens the gates by hand some four thousand times a season. In winter, when nobody comes, she paints them, and she writes letters to the people who passed through."),
        ("p", "“You meet everybody once,” she says. “That is enough to like them.”"),
    ),
)
RELEASE = Story(
    "Government to fund 300 village libraries",
    "",
    "2024-02-14",
    (
        ("p", "Three hundred villages that have lost their library will be able to open a new one from this autumn, the Culture Secretary announced today."),
        ("p", "The fund of £24 million will pay for rooms, shelves and the first two years of a librarian’s salary. Parishes can apply from 1 April."),
        ("p", "Culture Secretary Margaret Osei said:"),
        ("q", "A library is the only room in a village where nobody asks you what you want to buy. We are giving that room back."),
        ("p", "The Local Government Association welcomed the announcement, but warned that running costs after the second year remain unsettled."),
    ),
)


def _lead(story: Story, text: str) -> Story:
    """Return the story with its standfirst in front, which belongs to it."""
    return Story(story.title, story.byline, story.day, (("p", text), *story.body))


def hashed_daily() -> tuple[str, Story]:
    """An American daily: hashed class names, an article body as a section, notes of the desk at the foot."""

    def dress(kind: str, text: str, label: str) -> str:
        if kind == "h":
            return f'<h2 class="css-13o6u42 eoo0vm40" id="link-1c">{text}</h2>'
        if kind == "p":
            return f'<div class="css-s99gbd StoryBodyCompanionColumn"><div class="css-53u6y8"><p class="css-at9mc1 evys1bk0">{text}</p></div></div>'
        return plain(kind, text, label)

    ad = '<div><div class="css-1kfmcxm" id="story-ad-1-wrapper"><div id="story-ad-1-slug"><p class="css-jt3cgi">Advertisement</p></div><a class="css-777zgl" href="#after-story-ad-1">SKIP ADVERTISEMENT</a></div></div>'
    figure = '<div class="css-1xdhyk6 erfvjey0"><figure class="img-sz-large css-hxpw2c" aria-label="media" role="group"><div class="css-nwd8t8"><span class="css-1ly73wi">Image</span><img alt="A glacier that ends above a chapel."></div><figcaption class="css-1g9ic6e"><span class="css-jevhma">The glacier in September.</span><span class="css-1u46b97"><span class="css-1ly73wi">Credit...</span><span>Ida Frost for The Example</span></span></figcaption></figure></div>'
    inside = (
        f'<div id="app"><div><div class="css-1dv1kvn"><a href="#site-content">Skip to content</a><a href="#site-index">Skip to site index</a></div><header class="css-1bymuyk">{nav("css-k")}<a>Log in</a></header></div>'
        f'<main id="site-content"><div class="css-1yu0nqa"><p>Advertisement</p></div><article id="story" class="css-1vxca1d e1lmdhsb0"><header class="css-1vtkssk"><p class="css-1c3"><a>Science</a></p><h1 id="link-4b" class="css-1l8buln e1h9rw200" data-testid="headline">{SCIENCE.title}</h1>'
        f'<p id="article-summary" class="css-1n0orw4 e1wiw3jv0">Four summers with radar, drones and very old photographs.</p><div class="css-e"><div data-testid="audio"><button aria-label="Play"></button><span>Listen to this article · 6:12 min</span> <a>Learn more</a></div>'
        f'<div class="css-t" role="toolbar"><button>Share full article</button><button><span>48</span></button></div></div><div class="css-18e8msd epjyd6m1"><div class="css-233int epjyd6m0"><p class="css-4anu6l e1jsehar1"><span class="byline-prefix">By </span><span class="css-1baulvz last-byline" itemprop="name">Priya Raman</span> and <span itemprop="name">Jonas Weil</span></p></div>'
        f'<p class="css-y">Priya Raman reported from the Sarn valley, and Jonas Weil from Zurich.</p><div class="css-pscyww e16638kd1"><time datetime="{SCIENCE.day}T05:00:12-04:00" class="css-epvm6"><span class="css-1sbuyqj">Published Nov. 2, 2023</span><span>Updated Nov. 3, 2023, 9:14 a.m. ET</span></time></div></div></header>'
        f'<section name="articleBody" class="meteredContent css-1r7ky0e">{body(SCIENCE, dress, {1: ad, 4: figure, 6: ad})}</section>'
        f'<div class="bottom-of-article"><div class="css-1e2jphy epjyd6m1"><p>Priya Raman writes about rocks and the people who love them. <span><a>More about Priya Raman</a></span></p></div>'
        f'<div class="css-k8fkhk"><p>A version of this article appears in print on Nov. 7, 2023, Section D, Page 3 of the New York edition with the headline: Old Glaciers, New Map.</p> <span><a>Order Reprints</a> | <a>Today’s Paper</a> | <a>Subscribe</a></span></div></div>'
        f'<div class="css-x"><span>See more on: </span><a>Glaciers</a><a>Switzerland</a></div><div><button>Read 48 Comments</button></div><div id="bottom-wrapper"><p>Advertisement</p></div></article>{links("css-r", "Related Content")}</main>'
        f'<div data-testid="gateway"><h2>Keep reading The Example by creating a free account or logging in.</h2></div></div>{FOOT}'
    )
    reports = ("p", "Priya Raman reported from the Sarn valley, and Jonas Weil from Zurich.")
    lead = ("p", "Four summers with radar, drones and very old photographs.")
    told = Story(SCIENCE.title, SCIENCE.byline, SCIENCE.day, (lead, reports, *SCIENCE.body))
    return page(SCIENCE, og(SCIENCE) + ld(SCIENCE), inside), told


def components() -> tuple[str, Story]:
    """A public broadcaster of 2024: data-component blocks, hashed names, a call for readers' own stories."""

    def dress(kind: str, text: str, label: str) -> str:
        if kind == "h":
            return f'<div data-component="subheadline-block" class="sc-18"><h2 class="ssrcss-1fz">{text}</h2></div>'
        if kind == "li":
            return f'<li class="ssrcss-1q">{text}</li>'
        return f'<div data-component="text-block" class="ssrcss-7uxr49-RichTextContainer e5tfeyi1"><p class="ssrcss-1q0x1qg-Paragraph e1jhz7w10">{text}</p></div>'

    picture = '<div data-component="image-block" class="ssrcss-4"><figure class="ssrcss-w"><div><span class="ssrcss-b">PA Media</span><img alt="Ferry at its quay in the rain"></div><figcaption class="ssrcss-f"><span class="visually-hidden ssrcss-1">Image caption, </span>The ferry at its quay on Tuesday</figcaption></figure></div>'
    more = f'<div data-component="links-block" class="ssrcss-m"><ul><li><a href="/1">{LOREM[0][0]}</a></li><li><a href="/2">{LOREM[1][0]}</a></li></ul></div>'
    call = '<div data-component="uploader-block"><p><b>Do you use the ferry?</b> You can get in touch by emailing yourstories@example.org. Please include a contact number if you are willing to speak to a journalist.</p></div>'
    inside = (
        f'<a href="#main-heading">Skip to content</a><header role="banner">{nav("orb")}</header><main id="main-content"><article class="ssrcss-pv1rh6-ArticleWrapper e1nh2i2l0"><header data-component="headline-block"><h1 id="main-heading" class="ssrcss-1">{NEWS.title}</h1></header>'
        f'<div data-component="byline-block"><ul><li><time data-testid="timestamp" datetime="2024-03-19T22:31:00.000Z">19 March 2024</time></li></ul><button>Share</button><button>Save</button><div class="ssrcss-68pt20-Text-TextContributorName">{NEWS.byline}</div><div class="ssrcss-84ltp5-Text">Eastmouth correspondent</div></div>'
        f'{body(NEWS, dress, {1: picture, 5: more})}{call}<section data-component="topic-list"><div><h2>Related Topics</h2></div><ul><li><a>Ferries</a></li><li><a>Eastmouth</a></li></ul></section>'
        f'<section data-component="related-internet-links"><h2>Related internet links</h2><ul><li><a>Eastmouth Council</a></li></ul><p>The Example is not responsible for the content of external sites.</p></section></article>'
        f'<div class="ssrcss-top"><h2>Top stories</h2>{links("promo", "More to explore")}<h2>Most read</h2><ol><li><span>1</span><a>{LOREM[2][0]}</a></li></ol></div></main>{CONSENT}{FOOT}'
    )
    return page(NEWS, og(NEWS) + ld(NEWS), inside), NEWS


def arc() -> tuple[str, Story]:
    """Arc Publishing: data-qa attributes, wpds names, a gift banner and interstitial links between paragraphs."""

    def dress(kind: str, text: str, label: str) -> str:
        if kind == "h":
            return f'<div class="wpds-c-dXqH"><h3 data-qa="article-header" class="wpds-c-lknm">{text}</h3></div>'
        if kind == "q":
            return f'<div class="wpds-c-q"><blockquote data-qa="quote">{text}</blockquote></div>'
        if kind == "p":
            return f'<div class="wpds-c-PJLV article-body" data-qa="article-body"><p data-apitype="text" data-contentid="X" data-el="text" class="wpds-c-heFNVF wpds-c-heFNVF-iPJLV-css font-copy" dir="null">{text}</p></div>'
        return plain(kind, text, label)

    link = f'<div class="wpds-c-PJLV article-body"><p data-el="interstitial" class="wpds-c-i interstitial"><i><a href="/x">[{LOREM[1][0]}]</a></i></p></div>'
    letter = '<div data-qa="newsletter-banner" class="wpds-c-n hide-for-print"><div><span>Follow</span> <a>Transport</a></div><p>Get the Post Most newsletter for the most important and interesting stories.</p><button>Add</button></div>'
    inside = (
        f'<header data-qa="sc-header">{nav("sc")}</header><main class="wpds-c-m"><header class="grid-center"><div data-qa="kicker"><a>Transportation</a></div><h1 data-qa="headline" class="font--headline" id="main-content"><span data-qa="headline-text">{NEWS.title}</span></h1>'
        f'<p data-testid="subheadline" class="font--subhead">Five more years for a boat that loses money, and a promise.</p><div data-qa="timestamp-wrapper"><span data-testid="display-date" class="wpds-c-iKQyrV">March 19, 2024 at 6:02 p.m. EDT</span></div></header>'
        f'<div data-qa="byline"><div class="flex"><img alt=""><div>By <a data-qa="author-name" rel="author">{NEWS.byline}</a></div></div></div><div data-qa="article-actions"><button>Comment</button><span>112</span><button>Gift Article</button><button>Share</button></div>'
        f'<div class="grid-body"><article data-qa="main"><div class="teaser-content">{body(NEWS, dress, {1: letter, 4: link})}</div></article><div data-qa="article-footer"><p class="font-xxs">Jane Roe in London contributed to this report.</p></div></div>'
        f'<div data-qa="author-footer"><div><a>By {NEWS.byline}</a></div><div>{BIO.format(NEWS.byline)}</div></div><div data-qa="more-like-this">{links("headline-list", "NewsHandpicked for you")}</div></main>{FOOT}'
    )
    told = Story(NEWS.title, NEWS.byline, NEWS.day, (("p", "Five more years for a boat that loses money, and a promise."), *NEWS.body))
    return page(NEWS, og(NEWS) + ld(NEWS), inside), told


def blogger() -> tuple[str, Story]:
    """Blogger: paragraphs by two line breaks, labels and share links under the post, an archive beside it."""
    pieces = []
    for kind, text, *_ in POST.body:
        pieces.append(f"<b>{text}</b>" if kind == "h" else f"<ul><li>{text}</li></ul>" if kind == "li" else f'<span style="font-family: georgia;">{text}</span>')
    text = "<br /><br />\n".join(pieces)
    inside = (
        f"<div class='navbar section' id='navbar'><iframe title='Blogger navigation'></iframe></div><div class='body-fauxcolumns'></div><div class='content'><header><div class='header-outer'><div id='Header1' class='widget Header'><div class='titlewrapper'><h1 class='title'><a href='/'>Spokes and Spanners</a></h1></div><p class='description'><span>A blog about two wheels</span></p></div></div></header>"
        f"<div class='main-outer'><div class='column-center-inner'><div class='main section' id='main'><div class='widget Blog' id='Blog1'><div class='blog-posts hfeed'><div class='date-outer'><h2 class='date-header'><span>Monday, August 5, 2024</span></h2><div class='date-posts'><div class='post-outer'><div class='post hentry uncustomized-post-template'><h3 class='post-title entry-title' itemprop='name'>{POST.title}</h3>"
        f"<div class='post-header'><div class='post-header-line-1'></div></div><div class='post-body entry-content' id='post-body-861' itemprop='description articleBody'><div class='separator' style='clear: both; text-align: center;'><a><img border='0' alt='' src='x.jpg'></a></div>{text}<div style='clear: both;'></div></div>"
        f"<div class='post-footer'><div class='post-footer-line post-footer-line-1'><span class='post-author vcard'>Posted by <span class='fn' itemprop='author'><span itemprop='name'>{POST.byline}</span></span></span> <span class='post-timestamp'>at <a class='timestamp-link'><abbr class='published' title='2024-08-05T07:12:00-07:00'>7:12 AM</abbr></a></span><div class='post-share-buttons goog-inline-block'><a class='goog-inline-block share-button sb-email'><span class='share-button-link-text'>Email This</span></a><a class='sb-blog'><span>BlogThis!</span></a><a><span>Share to X</span></a></div></div><div class='post-footer-line post-footer-line-2'><span class='post-labels'>Labels: <a rel='tag'>bicycles</a>, <a rel='tag'>tools</a></span></div></div></div>"
        f"<div class='comments' id='comments'><h4>2 comments:</h4><div id='Blog1_comments-block-wrapper'><dl><dt class='comment-author'>Lou said...</dt><dd class='comment-body'><p>You still owe me a stand, and a brake cable as well, if I remember it right.</p></dd></dl></div><p class='comment-footer'><a>Post a Comment</a></p></div></div></div></div></div><div class='blog-pager' id='blog-pager'><a class='blog-pager-newer-link'>Newer Post</a><a>Older Post</a><a class='home-link'>Home</a></div><div class='post-feeds'>Subscribe to: <a>Post Comments (Atom)</a></div></div></div></div>"
        f"<div class='column-right-outer'><aside><div class='widget Profile'><h2>About Me</h2><a>{POST.byline}</a><p>{BIO.format(POST.byline)}</p></div><div class='widget BlogArchive'><h2>Blog Archive</h2><ul><li>▼ 2024 (12)</li><li><a>A wheel is a wheel is a wheel</a></li></ul></div></aside></div></div></div><div class='cap-bottom'>Simple theme. Powered by <a>Blogger</a>.</div>"
    )
    told = Story(POST.title, POST.byline, POST.day, tuple(("p" if p[0] == "q" else p[0], *p[1:]) for p in POST.body))
    return page(POST, "<meta content='blogger' name='generator'/>", inside, "loading", "en", "Spokes and Spanners"), told


def accelerated() -> tuple[str, Story]:
    """An AMP page."""
    ad = '<amp-ad type="doubleclick" width="300" height="250"><div placeholder>Advertisement</div><div fallback>No ad could be loaded</div></amp-ad>'
    related = f'<div class="amp-related-content"><h3>Also read</h3><a href="/x">{LOREM[3][0]}</a></div>'
    figure = '<figure><amp-img src="x.jpg" width="800" height="500" layout="responsive" alt="A gull on a post"></amp-img><figcaption>Photographed by everybody in summer</figcaption></figure>'
    inside = (
        f'<amp-analytics type="gtag"></amp-analytics><amp-consent layout="nodisplay" id="consent"><div id="consentUI">{COOKIES}<button on="tap:consent.accept">Accept</button></div></amp-consent><header class="amp-header"><button on="tap:sidebar.toggle">☰ Menu</button><a>The Example</a></header><amp-sidebar id="sidebar" layout="nodisplay">{nav("amp-nav")}</amp-sidebar>'
        f'<article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{NEWS.title}</h1><div class="amp-wp-meta amp-wp-byline"><amp-img alt="" width="24" height="24"></amp-img><span class="amp-wp-author author vcard">{NEWS.byline}</span></div><div class="amp-wp-meta amp-wp-posted-on"><time datetime="{NEWS.day}T22:00:00+00:00">2 hours ago</time></div></header>'
        f'<amp-social-share type="twitter"></amp-social-share><div class="amp-wp-article-content">{body(NEWS, after={1: figure, 3: ad, 6: related})}</div><footer class="amp-wp-article-footer"><div class="amp-wp-meta amp-wp-tax-category">Categories: <a>Harbour</a></div><div class="amp-wp-meta amp-wp-comments-link"><a>Leave a Comment</a></div></footer></article>'
        f'<amp-list src="/more.json"><template type="amp-mustache"><a href="{{{{url}}}}">{{{{title}}}}</a></template><div fallback>Could not load more stories</div></amp-list><footer class="amp-wp-footer"><div><h2>The Example</h2><a href="#top" class="back-to-top">Back to top</a></div></footer>'
    )
    return page(NEWS, ld(NEWS), inside).replace("<html ", "<html amp "), NEWS


def live() -> tuple[str, Story]:
    """A live blog: posts with times, newest first, key events beside them."""
    posts, number = [], 0
    times = ("13.58", "13.21", "12.47", "11.02")
    groups: list[list[tuple[str, ...]]] = [[]]
    for part in LIVE.body[0:]:
        if part[0] == "h":
            groups.append([])
        groups[-1].append(part)
    for number, group in enumerate(groups):
        inner = body(Story("", "", "", tuple(group)))
        posts.append(
            f'<article id="block-{number}" class="dcr-live block" data-id="{number}"><header><a href="#block-{number}"><time datetime="2024-10-09T{times[number].replace(".", ":")}:00Z" class="dcr-time"><span>{number + 2}h ago</span><span>{times[number]} CEST</span></time></a></header>'
            f'{inner}<footer><div class="share"><button>Share</button></div><span class="updated">Updated at {times[number]} CEST</span></footer></article>'
        )
    inside = (
        f'{nav("top")}<main><header><div class="live-label">Live</div><h1>{LIVE.title}</h1><div class="byline"><a rel="author">{LIVE.byline}</a></div><div class="dateline">Wed 9 Oct 2024 13.58 CEST</div></header>'
        f'<div class="key-events" aria-label="Key events"><h2>Key events</h2><ul><li><a><span>1h ago</span> Schools to stay shut on Thursday</a></li><li><a><span>2h ago</span> River passes the mark of 2005</a></li></ul></div><div class="filter"><label>Show key events only</label><label>Please turn on JavaScript to use this feature</label></div>'
        f'<div id="liveblog-body" class="article-body liveblog-body">{"".join(posts)}</div><div class="pagination"><button>Newest</button><button>Previous</button><span>1 of 4</span><button>Next</button></div></main>{links("most-viewed", "Most viewed")}{CONSENT}{FOOT}'
    )
    return page(LIVE, og(LIVE) + ld(LIVE, "LiveBlogPosting"), inside), LIVE


def gallery() -> tuple[str, Story]:
    """A gallery: a few paragraphs, and pictures with captions of two sentences."""
    slides = "".join(
        f'<li class="gallery-slide"><figure><img alt="Picture {n}" data-src="{n}.jpg"><figcaption class="gallery-caption"><span class="counter">{n} of 6</span> Elsa Lund {what}. The water stood {n} centimetres below the sill on that day.<span class="photo-credit">Photograph: Tomas Berg</span></figcaption></figure></li>'
        for n, what in enumerate(("greases the hinges in March", "waits for the first boat", "counts a school class", "sleeps in her chair", "closes the upper gate", "burns last year’s letters"), 1)
    )
    inside = (
        f'<header class="site-header">{nav()}</header><main><article class="gallery-article"><header><p class="eyebrow">Photo essay</p><h1>{GALLERY.title}</h1><p class="byline">Words and photographs by <a rel="author">{GALLERY.byline}</a></p><time datetime="{GALLERY.day}">{long(GALLERY)}</time></header>'
        f'<div class="article-text">{body(GALLERY)}</div><div class="gallery" data-gallery><button class="gallery-prev">Previous slide</button><ul>{slides}</ul><button class="gallery-next">Next slide</button></div></article></main>{links("related-galleries", "More galleries")}{FOOT}'
    )
    return page(GALLERY, og(GALLERY) + ld(GALLERY, "Article"), inside), GALLERY


def builder() -> tuple[str, Story]:
    """WordPress built with Elementor: Yoast's graph, a table of contents, an author box, neighbours, an answer form."""
    things = [
        {"@type": "Article", "@id": "#article", "headline": POST.title, "datePublished": f"{POST.day}T06:00:00+00:00", "author": {"name": POST.byline, "@id": "#p"}},
        {"@type": "WebPage", "name": f"{POST.title} - Example Wheels"},
        {"@type": "Organization", "name": "Example Wheels"},
        {"@type": "Person", "@id": "#p", "name": POST.byline},
    ]
    graph = f'<script type="application/ld+json" class="yoast-schema-graph">{json.dumps({"@context": "https://schema.org", "@graph": things})}</script>'
    toc = '<div id="ez-toc-container" class="ez-toc-v2_0_68 counter-hierarchy"><div class="ez-toc-title-container"><p class="ez-toc-title">Table of Contents</p></div><nav><ul class="ez-toc-list"><li><a href="#1">1. Everything is a left-hand thread until it isn’t</a></li><li><a href="#2">2. Cheap cables are expensive</a></li></ul></nav></div>'
    box = '<div class="elementor-widget elementor-widget-call-to-action"><div class="elementor-cta__content"><h2>Get my free tool list</h2><div>Join 12,000 riders who get one letter a week.</div><a class="elementor-button">Yes please</a></div></div>'
    inside = (
        f'<header class="elementor elementor-location-header">{nav("elementor-nav-menu")}</header><main data-elementor-type="single-post" class="elementor elementor-location-single post"><div class="elementor-widget-theme-post-title"><h1 class="elementor-heading-title">{POST.title}</h1></div>'
        f'<div class="elementor-widget-post-info"><ul class="elementor-icon-list-items elementor-post-info"><li itemprop="author"><span class="elementor-icon-list-text">{POST.byline}</span></li><li itemprop="datePublished"><time>August 5, 2024</time></li><li><a>No Comments</a></li></ul></div>'
        f'<div class="elementor-widget-theme-post-content"><div class="elementor-widget-container">{body(POST, after={1: toc, 7: box})}</div></div><div class="elementor-share-buttons"><span>Share on Facebook</span><span>Share on LinkedIn</span></div>'
        f'<div class="elementor-author-box"><h4 class="elementor-author-box__name">{POST.byline}</h4><div class="elementor-author-box__bio">{BIO.format(POST.byline)}</div></div><div class="elementor-post-navigation"><a><span>Prev</span><span>Previous</span><span>Winter tyres, honestly</span></a></div>'
        f'<div class="elementor-widget-post-comments"><div id="respond" class="comment-respond"><h3 id="reply-title">Leave a Reply <small><a>Cancel Reply</a></small></h3><form><p class="comment-notes">Your email address will not be published. Required fields are marked *</p></form></div></div></main>'
        f'<footer class="elementor elementor-location-footer"><p>Copyright © 2024 Example Wheels | Theme by Somebody</p></footer><div class="cmplz-cookiebanner"><div class="cmplz-title">Manage Consent</div><div class="cmplz-message">{COOKIES}</div></div>'
    )
    return page(POST, graph, inside, "elementor-default single-post", "en-US", "Example Wheels"), POST


def agency() -> tuple[str, Story]:
    """A news agency of 2024: rich text with modules between paragraphs, a rule and credits below."""
    module = f'<div class="PageListEnhancementGeneric"><div class="PageList-header">Related Stories</div><div class="PagePromo"><a><span>{LOREM[2][0]}</span></a></div></div>'
    video = '<div class="VideoEnhancement"><div class="VideoEnhancement-title">Ferry crosses the estuary at dawn</div><div class="VideoEnhancement-description">The last ferry of Eastmouth, filmed on Tuesday.</div></div>'
    inside = (
        f'<bsp-header>{nav("Page-header")}</bsp-header><div class="Page-content"><bsp-story-page><main class="Page-main"><div class="Page-headline-wrapper"><h1 class="Page-headline">{NEWS.title}</h1></div><div class="CarouselSlide"><div class="CarouselSlide-info"><span class="CarouselSlide-infoDescription"><p>The ferry leaves its quay in Eastmouth, Tuesday, March 19, 2024. (AP Photo/Ann Lee)</p></span></div></div>'
        f'<div class="Page-byline-info"><div class="Page-authors">By&nbsp;<span class="Link">{NEWS.byline.upper()}</span></div><div class="Page-dateModified"><span class="Page-dateModified-fallback">Updated 10:47 PM CET, March 19, 2024</span></div></div><div class="Page-actions"><bsp-share>Share</bsp-share></div>'
        f'<div class="Page-storyBody gtmMainScrollContent"><div class="RichTextStoryBody RichTextBody">{body(NEWS, after={2: video, 5: module})}<p>___</p><p>Associated writer Jane Roe in London contributed to this report.</p></div></div>'
        f'<div class="Page-about"><bsp-author><div class="PagePromo-title">{NEWS.byline}</div><div class="PagePromo-description">{BIO.format(NEWS.byline)}</div></bsp-author></div></main></bsp-story-page><aside class="Page-aside"><h2>Most read</h2><ol><li><a>{LOREM[0][0]}</a></li></ol></aside></div>{FOOT}'
    )
    told = Story(NEWS.title, NEWS.byline, NEWS.day, NEWS.body)
    return page(NEWS, og(NEWS) + ld(NEWS), inside), told


def scholars() -> tuple[str, Story]:
    """A magazine of scholars: a disclosure, partners, republishing, an event box."""
    inside = (
        f'<div class="topbar">{nav("navigation")}</div><article class="content-article"><header class="content-header-block"><h1 class="legacy entry-title instapaper_title"><strong itemprop="name">{SCIENCE.title}</strong></h1><div class="timestamps"><time itemprop="datePublished" datetime="{SCIENCE.day}T12:00:00Z">Published: November 2, 2023 1:00pm CET</time></div></header>'
        f'<aside class="content-authors"><h3 class="h6">Authors</h3><ol><li><a><span class="fn author-name">Priya Raman</span></a><p class="role">Professor of Geomorphology, University of Example</p></li><li><span class="fn author-name">Jonas Weil</span><p class="role">PhD candidate in Geodesy, University of Example</p></li></ol></aside>'
        f'<section class="content-sidebar"><h3>Disclosure statement</h3><p>The authors do not work for, consult, own shares in or receive funding from any company or organisation that would benefit from this article.</p><h3>Partners</h3><p class="attribution-list">University of Example provides funding as a member of The Example.</p></section>'
        f'<figure class="content-lead-image"><img alt=""><figcaption><span class="caption">The glacier in 1931.</span> <span class="source">State archive</span>, <a>CC BY</a></figcaption></figure><div class="content-body content entry-content instapaper_body inline-promos" itemprop="articleBody">{body(SCIENCE, after={2: "<hr><p><em><strong>Read more: <a>Why glaciers sing at night</a></strong></em></p><hr>"})}</div>'
        f'<div class="content-topics"><ul class="topic-list"><li><a>Glaciers</a></li></ul></div><div class="republish"><h2>Want to write?</h2><p>Write an article and join a growing community of more than 190,200 academics and researchers from 5,046 institutions.</p><button>Register now</button></div></article>{FOOT}'
    )
    return page(SCIENCE, og(SCIENCE) + ld(SCIENCE, "Article"), inside), SCIENCE


def release() -> tuple[str, Story]:
    """A government's press release: notes to editors, a survey, a contents list."""
    inside = (
        f'<div id="global-cookie-message" class="gem-c-cookie-banner govuk-clearfix" role="region" aria-label="Cookies on Example Government"><h2 class="govuk-cookie-banner__heading">Cookies on Example Government</h2><p>{COOKIES}</p><button>Accept additional cookies</button></div><a class="govuk-skip-link">Skip to main content</a><header role="banner">{nav("gem-c-layout-super-navigation-header")}</header>'
        f'<div class="govuk-width-container"><nav class="gem-c-contextual-breadcrumbs"><ol><li><a>Home</a></li><li><a>Culture</a></li></ol></nav><main id="content"><div class="gem-c-heading"><span class="govuk-caption-xl">Press release</span><h1 class="gem-c-title__text govuk-heading-l">{RELEASE.title}</h1></div><p class="gem-c-lead-paragraph">Parishes that lost their library can apply from April.</p>'
        f'<div class="gem-c-metadata"><dl><dt>From:</dt><dd><a>Department for Culture</a></dd><dt>Published</dt><dd>14 February 2024</dd></dl></div><div class="gem-c-govspeak govuk-govspeak"><div class="govspeak">{body(RELEASE)}<h2 id="notes-to-editors">Notes to editors</h2><ol><li>The fund is open to parishes with fewer than 5,000 inhabitants.</li><li>Press office, Department for Culture: 020 7946 0000.</li></ol></div></div>'
        f'<div class="gem-c-share-links"><h2>Share this page</h2><ul><li><a>Share on Facebook</a></li></ul></div><div class="gem-c-published-dates"><p>Published 14 February 2024</p></div><div class="gem-c-related-navigation"><h2>Related content</h2><ul><li><a>Village life in figures</a></li></ul></div></main>'
        f'<div class="gem-c-feedback"><form><h3>Is this page useful?</h3><button>Yes this page is useful</button><p>To help us improve, we’d like to know more about your visit today.</p></form></div></div><footer role="contentinfo"><p>All content is available under the Open Government Licence v3.0, except where otherwise stated</p></footer>'
    )
    notes = (("h", "Notes to editors"), ("li", "The fund is open to parishes with fewer than 5,000 inhabitants."))
    told = Story(RELEASE.title, "", RELEASE.day, (("p", "Parishes that lost their library can apply from April."), *RELEASE.body, *notes))
    return page(RELEASE, f'<meta property="og:title" content="{RELEASE.title}"><meta name="govuk:first-published-at" content="{RELEASE.day}T10:00:00+00:00"><script type="application/ld+json">{{"@type":"NewsArticle","headline":"{RELEASE.title}","datePublished":"{RELEASE.day}"}}</script>', inside), told


def campaign() -> tuple[str, Story]:
    """A newsletter's page in a mailing service's archive: tables in tables, a hidden preheader, an address."""
    rows = "".join(f'<table class="mcnTextBlock" width="100%"><tbody class="mcnTextBlockOuter"><tr><td class="mcnTextContent" style="padding:9px 18px;">{plain(*part[:2], "")}</td></tr></tbody></table>' for part in ESSAY.body)
    inside = (
        f'<div id="awesomewrap"><div id="awesomebar"><ul><li><a>Subscribe</a></li><li><a>Past Issues</a></li><li><a>RSS</a></li><li>Translate</li></ul></div></div><span class="mcnPreviewText" style="display:none; font-size:0px;">On a road near my mother’s house</span><center><table id="bodyTable"><tr><td id="bodyCell"><table class="templateContainer"><tr><td id="templatePreheader"><table class="mcnTextBlock"><tr><td class="mcnTextContent"><a>View this email in your browser</a></td></tr></table></td></tr>'
        f'<tr><td id="templateHeader"><img alt="The Slow Letter" class="mcnImage"></td></tr><tr><td id="templateBody"><table><tr><td class="mcnTextContent"><h1>{ESSAY.title}</h1>by {ESSAY.byline}<br>{long(ESSAY)}</td></tr></table>{rows}<table class="mcnButtonBlock"><tr><td><a class="mcnButton">Forward to a friend</a></td></tr></table></td></tr>'
        f'<tr><td id="templateFooter"><table class="mcnFollowBlock"><tr><td><a>Twitter</a></td><td><a>Website</a></td></tr></table><table><tr><td class="mcnTextContent"><em>Copyright © 2021 The Slow Letter, All rights reserved.</em><br><br><strong>Our mailing address is:</strong><br>12 Lane End, Exampleton<br><br>Want to change how you receive these emails?<br>You can <a>update your preferences</a> or <a>unsubscribe from this list</a>.</td></tr></table></td></tr></table></td></tr></table></center>'
    )
    return page(ESSAY, "", inside, "", "en", "The Slow Letter").replace(f"<title>{ESSAY.title} | The Slow Letter", f"<title>{ESSAY.title}"), ESSAY


def squares() -> tuple[str, Story]:
    """Squarespace: blocks in a grid, a summary block of other posts inside of the article."""

    def dress(kind: str, text: str, label: str) -> str:
        inner = plain(kind, text, label).replace("<p>", '<p class="" style="white-space:pre-wrap;">')
        return f'<div class="sqs-block html-block sqs-block-html" data-block-type="2"><div class="sqs-block-content"><div class="sqs-html-content">{inner}</div></div></div>'

    summary = f'<div class="sqs-block summary-v2-block sqs-block-summary-v2"><div class="summary-heading">Featured</div><div class="summary-item-list"><div class="summary-item"><a class="summary-title-link">{LOREM[0][0]}</a><div class="summary-excerpt"><p>{LOREM[0][1]}</p></div></div></div></div>'
    inside = (
        f'<header id="header" class="header">{nav("header-nav")}<a class="user-accounts-text-link">Login Account</a></header><main id="page"><article class="sections" id="sections"><section class="page-section"><div class="blog-item-wrapper"><article id="article-" class="h-entry entry hentry"><div class="blog-item-top-wrapper"><h1 class="entry-title entry-title--large p-name">{INTERVIEW.title}</h1><div class="blog-item-meta-wrapper"><span class="blog-item-category">Crafts</span><time class="dt-published blog-meta-item blog-meta-item--date" datetime="Sep 10"><span>Sep 10</span></time><span>Written By <a class="blog-author-name">{INTERVIEW.byline}</a></span></div></div>'
        f'<div class="blog-item-content-wrapper"><div class="blog-item-content e-content"><div class="sqs-layout sqs-grid-12">{body(INTERVIEW, dress, {4: summary})}</div></div></div><div class="blog-item-author-profile-wrapper"><div class="author-name">{INTERVIEW.byline}</div><div class="author-bio">{BIO.format(INTERVIEW.byline)}</div></div></article></div></section></article><section id="itemPagination" class="item-pagination"><a><div>Previous</div><h2>Six ways to hang a door</h2></a><a><div>Next</div><h2>The clockmaker’s wall</h2></a></section></main>{FOOT}'
    )
    return page(INTERVIEW, f'<meta itemprop="headline" content="{INTERVIEW.title}"><meta itemprop="author" content="{INTERVIEW.byline}"><meta itemprop="datePublished" content="{INTERVIEW.day}T00:00:00+0100"><meta property="og:title" content="{INTERVIEW.title}">', inside, "", "en-GB", "Made by Hand"), INTERVIEW


def static_site() -> tuple[str, Story]:
    """A static site's post: marks on headings, notes at the end, code to copy, a contents list beside it."""

    def dress(kind: str, text: str, label: str) -> str:
        if kind == "h":
            return f'<h2 id="x" class="anchor">{text}<a class="hash-link" href="#x" aria-label="Direct link to this">​#</a></h2>'
        return plain(kind, text, label)

    code = '<div class="highlight"><div class="code-header"><span>bash</span><button>Copy</button></div><pre><code>$ torque --nm 40 left-pedal</code></pre></div>'
    mark = '<p>All of this I checked with a mechanic.<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup></p>'
    notes = '<section class="footnotes" role="doc-endnotes"><hr><ol><li id="fn:1" role="doc-endnote"><p>Her name is Lou, as you will have guessed.&#160;<a href="#fnref:1" class="footnote-backref" role="doc-backlink">&#8617;&#xfe0e;</a></p></li></ol></section>'
    inside = (
        f'<nav class="navbar">{nav("navbar__items")}</nav><div class="theme-doc-sidebar-container"><ul><li>Brakes</li><li>Wheels</li></ul></div><main><article itemscope itemtype="http://schema.org/BlogPosting"><header><h1 itemprop="headline">{POST.title}</h1><div class="container_mt6G margin-vert--md"><time datetime="{POST.day}T00:00:00.000Z">August 5, 2024</time> · 4 min read</div><div class="avatar__intro"><span itemprop="name">{POST.byline}</span><small class="avatar__subtitle">Rider and writer</small></div></header>'
        f'<div class="markdown" itemprop="articleBody">{body(POST, dress, {3: code, 13: mark})}{notes}</div><footer class="row docusaurus-mt-lg"><b>Tags:</b><ul><li><a>bikes</a></li></ul><a class="theme-edit-this-page">Edit this page</a></footer></article><nav class="pagination-nav"><a><div>Older Post</div><div>On saddles</div></a></nav></main>'
        f'<div class="tableOfContents_bqdL thin-scrollbar theme-doc-toc-desktop"><ul class="table-of-contents"><li><a>1. Everything is a left-hand thread until it isn’t</a></li></ul></div>{FOOT}'
    )
    parts = list(POST.body)
    parts.insert(14, ("p", "All of this I checked with a mechanic."))
    return page(POST, f'<meta property="og:title" content="{POST.title}"><meta name="author" content="{POST.byline}">', inside, "", "en", "Wheels"), Story(POST.title, POST.byline, POST.day, tuple(parts))


SHAPES = {
    "hashed-daily": hashed_daily,
    "components": components,
    "arc": arc,
    "blogger": blogger,
    "amp": accelerated,
    "live-blog": live,
    "gallery": gallery,
    "elementor": builder,
    "agency-modules": agency,
    "scholars": scholars,
    "press-release": release,
    "campaign-archive": campaign,
    "squarespace": squares,
    "static-site": static_site,
}
