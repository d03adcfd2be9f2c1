"""Pages as portals and newspapers print them: the structures are those of real systems, the words are ours.

Every function takes a story and the titles of others, and returns the page and what it lets a reader know.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from json import dumps

from benchmarks.extraction.stories import Story

SITE = "Phường Vàm Cói"
HOST = "vamcoi.example.vn"
MENU = (
    "<ul><li><a href='/'>Trang chủ</a></li><li><a href='/gioi-thieu'>Giới thiệu</a></li><li><a href='/tin-tuc'>Tin tức"
    "</a></li><li><a href='/van-ban'>Văn bản</a></li><li><a href='/thu-tuc'>Thủ tục hành chính</a></li></ul>"
)
FOOT = (
    "Cơ quan chủ quản: Ủy ban nhân dân phường Vàm Cói. Trụ sở: 8 đường Cây Sộp. Giấy phép số 31/GP-TTĐT. "
    "Ghi rõ nguồn khi phát hành lại thông tin từ trang này."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The facts that a page gives its reader beyond title and text."""

    html: str
    has_date: bool = True
    has_author: bool = True


Template = Callable[[Story, Sequence[Story]], Known]


def _p(story: Story, tag: str = "p", attributes: str = "") -> str:
    return "".join(f"<{tag}{attributes}>{escape(text, quote=False)}</{tag}>" for text in story.paragraphs)


def _links(others: Sequence[Story], *, dated: bool = False) -> str:
    return "".join(
        f"<li><a href='/{o.slug}'>{o.title}</a>{f' <span>({o.published:%d/%m/%Y})</span>' if dated else ''}</li>"
        for o in others
    )


def _iso(story: Story) -> str:
    return f"{story.published.isoformat()}+07:00"


def joomla(story: Story, others: Sequence[Story]) -> Known:
    """Joomla 3: a definition list of details, system author, dates in words."""
    return Known(
        html=f"""<!DOCTYPE html><html xml:lang="vi-vn" lang="vi-vn"><head><base href="http://{HOST}/index.php/{story.slug}"/>
<meta http-equiv="content-type" content="text/html; charset=utf-8"/><meta name="author" content="Super User"/>
<meta name="generator" content="Joomla! - Open Source Content Management"/><title>{story.title}</title></head>
<body class="site com_content view-article"><header class="header"><a class="brand" href="/">{SITE}</a></header><nav>{MENU}</nav>
<div class="row-fluid"><main id="content" role="main" class="span9"><div class="item-page" itemscope itemtype="https://schema.org/Article">
<div class="page-header"><h2 itemprop="headline">{story.title}</h2></div><dl class="article-info muted"><dt class="article-info-term">Chi tiết</dt>
<dd class="createdby" itemprop="author">Viết bởi <span itemprop="name">{story.author}</span></dd>
<dd class="category-name">Chuyên mục: <a href="/x">{story.section}</a></dd>
<dd class="published"><time>Được đăng: {story.published.day} Tháng {story.published.month} {story.published.year}</time></dd>
<dd class="hits">Lượt xem: 512</dd></dl><div itemprop="articleBody"><p><strong>{story.lead}</strong></p>{_p(story)}</div>
<ul class="pager pagenav"><li class="previous"><a href="/a">Trang trước</a></li><li class="next"><a href="/b">Trang sau</a></li></ul></div></main>
<div id="aside" class="span3"><div class="well"><h3>Bài mới nhất</h3><ul class="latestnews">{_links(others)}</ul></div></div></div>
<footer class="footer"><p>{FOOT}</p></footer></body></html>"""
    )


def joomla_k2(story: Story, others: Sequence[Story]) -> Known:
    """Joomla with K2: the date above the title, tools as a list, the author in a block below."""
    return Known(
        html=f"""<!DOCTYPE html><html lang="vi-vn"><head><meta charset="utf-8"><title>{story.title} - {SITE}</title>
<meta property="og:title" content="{story.title}"><meta property="og:url" content="http://{HOST}/item/{story.slug}"></head>
<body class="com_k2"><div id="menu">{MENU}</div><div id="k2Container" class="itemView"><div class="itemHeader">
<span class="itemDateCreated">{story.published:%d/%m/%Y %H:%M}</span><h2 class="itemTitle">{story.title}</h2></div>
<div class="itemToolbar"><ul><li><span class="itemTextResizerTitle">cỡ chữ</span></li><li><a class="itemPrintLink" href="#">In</a></li>
<li><a class="itemEmailLink" href="#">Email</a></li></ul></div><div class="itemRatingBlock"><span>Đánh giá bài này</span><div>(0 bình chọn)</div></div>
<div class="itemBody"><div class="itemIntroText"><p>{story.lead}</p></div><div class="itemFullText">{_p(story)}</div></div>
<div class="itemLinks"><div class="itemCategory"><span>Thuộc chuyên mục</span> <a href="/c">{story.section}</a></div></div>
<div class="itemAuthorBlock"><div class="itemAuthorDetails"><h3 class="itemAuthorName"><a rel="author" href="/u">{story.author}</a></h3></div></div>
<div class="itemRelated"><h3>Các bài viết liên quan (theo tag)</h3><ul>{_links(others)}</ul></div></div><div id="footer">{FOOT}</div></body></html>"""
    )


def dnn(story: Story, others: Sequence[Story]) -> Known:
    """DotNetNuke: tables inside tables, spans with generated ids, the site's way as the title."""
    state = "dDw" * 900
    items = "".join(
        f"<tr><td>• <a href='/{o.slug}'>{o.title}</a> ({o.published:%d/%m/%Y})</td></tr>" for o in others
    )
    return Known(
        html=f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html lang="vi-VN"><head id="Head">
<meta content="text/html; charset=UTF-8" http-equiv="Content-Type"/><title>UBND {SITE.lower()} &gt; Tin tức &gt; Chi tiết tin</title></head>
<body><form method="post" action="/d.aspx" id="Form"><input type="hidden" name="__VIEWSTATE" value="{state}"/>
<table class="pagemaster"><tr><td><div id="menu">{MENU}</div></td></tr><tr><td><table class="skinmaster"><tr>
<td id="dnn_LeftPane" class="leftpane"><table><tr><td class="Head">DANH MỤC</td></tr><tr><td><a href="/1">Tin hoạt động</a></td></tr></table></td>
<td id="dnn_ContentPane" class="contentpane"><span class="Head">Chi tiết tin</span><table><tr><td class="TitleNews">
<span id="dnn_ctr501_lblTitle">{story.title}</span></td></tr><tr><td class="DateNews">Cập nhật lúc {story.published:%H:%M}, {story.published:%d/%m/%Y} (GMT+7)</td></tr>
<tr><td class="SapoNews"><b>{story.lead}</b></td></tr><tr><td class="ContentNews">{_p(story)}<p style="text-align: right"><strong>{story.author}</strong></p></td></tr>
<tr><td><a href="#">Quay lại</a> | <a href="#">In trang</a></td></tr><tr><td class="OtherTitle">Các tin khác</td></tr>{items}</table></td>
<td id="dnn_RightPane"><table><tr><td>Thời tiết</td></tr><tr><td>Liên kết web</td></tr></table></td></tr></table></td></tr>
<tr><td><div id="footer"><p>{FOOT} Lượt truy cập: 90.211</p></div></td></tr></table></form></body></html>"""
    )


def dnn_breaks(story: Story, others: Sequence[Story]) -> Known:
    """DotNetNuke with an editor that writes line breaks: all paragraphs in a cell, with ``<br/><br/>`` between."""
    text = "<br/><br/>".join(story.paragraphs)
    items = "".join(f"<br/><a href='/{o.slug}'>{o.title}</a> <i>({o.published:%d/%m})</i>" for o in others)
    return Known(
        html=f"""<html lang="vi-VN"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{SITE} - Tin tức - {story.title}</title></head>
<body><form id="Form"><table width="980" align="center"><tr><td colspan="2">{MENU}</td></tr><tr><td width="180" valign="top" id="dnn_LeftPane">
<a href="/a">Tin nổi bật</a><br/><a href="/b">Lịch công tác</a><br/>Đang online: 14</td><td valign="top" id="dnn_ContentPane">
<span class="NewsTitle"><b>{story.title}</b></span><br/><span class="NewsDate">Ngày đăng: {story.published:%d/%m/%Y}</span><br/>
<div class="NewsSummary"><strong>{story.lead}</strong></div><div class="NewsContent">{text}<br/><br/><b>{story.author}</b></div>
<b>Tin liên quan</b>{items}</td></tr><tr><td colspan="2" class="footer">{FOOT}</td></tr></table></form></body></html>"""
    )


def nukeviet(story: Story, others: Sequence[Story]) -> Known:
    """NukeViet 4: microdata in hidden spans, a malformed date in the head, counters in the same column."""
    return Known(
        html=f"""<!DOCTYPE html><html lang="vi" prefix="og: http://ogp.me/ns#"><head><title>{story.title} - {SITE}</title>
<meta name="description" content="{story.title} - Tin tức"><meta name="author" content="{SITE}"><meta name="generator" content="NukeViet v4.5">
<meta property="og:title" content="{story.title}"><meta property="og:description" content="{story.lead}"><meta property="og:site_name" content="{SITE}">
<meta property="article:published_time" content="{story.published:%Y-%m-%d}+07{story.published:%H:%M:%S}">
<link rel="canonical" href="https://{HOST}/vi/news/{story.slug}.html"></head><body><header>{MENU}</header><div class="container" id="body">
<nav class="third-nav"><div class="breadcrumbs-wrap"><ul class="breadcrumbs"><li><a href="/vi/"><span>Trang nhất</span></a></li>
<li><a href="/vi/news/"><span>{story.section}</span></a></li></ul></div></nav><div class="col-md-18"><div class="news_column panel panel-default"><div class="panel-body">
<h1 class="title margin-bottom-lg" itemprop="headline">{story.title}</h1><div class="hidden hide d-none" itemprop="author" itemtype="http://schema.org/Person" itemscope>
<span itemprop="name">{story.author}</span></div><span class="hidden hide d-none" itemprop="datePublished">{_iso(story)}</span>
<div class="row"><span class="h5">{story.published:%d/%m/%Y %H:%M}</span></div><div class="hometext m-bottom" itemprop="description">{story.lead}</div>
<div id="news-bodyhtml" class="bodytext">{_p(story)}</div><p class="h5 text-right"><strong>Tác giả: </strong>{story.author}</p></div></div>
<div class="news_column panel panel-default"><div class="panel-body"><p id="stringrating">Tổng số điểm của bài viết là: 0 trong 0 đánh giá</p>
<span id="hover-test">Click để đánh giá bài viết</span></div></div><div class="news_column panel panel-default"><div class="panel-body other-news">
<p class="h3"><strong>Những tin mới hơn</strong></p><ul class="detail-related">{_links(others, dated=True)}</ul></div></div></div>
<div class="col-md-6"><div class="panel"><div class="panel-heading">Thống kê truy cập</div><ul class="counter"><li><span>Đang truy cập</span><span>31</span></li></ul></div></div></div>
<footer><p>{FOOT}</p></footer></body></html>"""
    )


def nukeviet_3(story: Story, others: Sequence[Story]) -> Known:
    """NukeViet 3: no Open Graph, breadcrumbs as text, the lead in a div, older news as a bare list."""
    return Known(
        html=f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html xmlns="http://www.w3.org/1999/xhtml"><head>
<title>{story.title} - {story.section} - {SITE}</title><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta name="author" content="{SITE}" /></head><body><div id="container"><div id="topmenu">{MENU}</div><div class="breadcrumbs">
<a href="/">Trang nhất</a> » <a href="/n">{story.section}</a></div><div class="news_column"><div class="box-border content-box clearfix">
<div class="header-details"><div class="title"><h1>{story.title}</h1></div><div class="time">Đăng lúc: {story.published:%d/%m/%Y %H:%M}</div>
<div class="action"><ul><li><a class="send" href="#">Gửi bài viết qua email</a></li><li><a class="print" href="#">In ra</a></li></ul></div></div>
<div id="hometext">{story.lead}</div><div class="details-content">{_p(story)}</div><div class="aright"><strong>Tác giả bài viết: </strong>{story.author}</div>
<div class="tags">Từ khóa: phường</div></div><div class="other-news"><h4>Những tin cũ hơn</h4><ul>{_links(others, dated=True)}</ul></div></div>
<div class="foot">{FOOT}</div></div></body></html>"""
    )


def sharepoint(story: Story, others: Sequence[Story]) -> Known:
    """SharePoint: divs for everything, empty ones between paragraphs, the home page as address."""
    text = "<div><br/></div>".join(f"<div>{text}</div>" for text in story.paragraphs)
    return Known(
        html=f"""<!DOCTYPE html><html lang="vi-vn" dir="ltr"><head><meta name="GENERATOR" content="Microsoft SharePoint"/>
<meta http-equiv="Content-type" content="text/html; charset=utf-8"/><title>
	Tin tức - {story.title}
</title><meta property="og:url" content="https://{HOST}"/></head><body><form id="aspnetForm"><div id="s4-workspace"><a class="ms-accessible" href="#">Bỏ qua nội dung chính</a>
<div id="menu">{MENU}</div><div id="DeltaPlaceHolderMain"><div class="ArticleDetailControl"><div class="title_news">{story.title}</div>
<div class="date_news">{story.published:%d/%m/%Y} {story.published.hour % 12 or 12}:{story.published:%M:%S} {"CH" if story.published.hour >= 12 else "SA"}</div>
<div class="ArticleSummary">{story.lead}</div><div class="ArticleContent"><div>&#8203;</div><div class="ExternalClass7">{text}</div></div>
<div class="tacgia">{story.author}</div><div class="tinkhac"><h2>Tin khác</h2><ul>{_links(others, dated=True)}</ul></div></div></div>
<div id="footer"><p>{FOOT}</p></div></div></form></body></html>"""
    )


def sharepoint_web_part(story: Story, others: Sequence[Story]) -> Known:
    """SharePoint with a field control: text straight in a div, with breaks; counters beside it."""
    text = "<br/>".join((story.lead, *story.paragraphs))
    return Known(
        html=f"""<!DOCTYPE html><html dir="ltr" lang="vi-VN"><head><meta charset="utf-8"/><title>Chi tiết tin</title></head>
<body><div id="s4-bodyContainer"><div class="ms-core-navigation" role="navigation">{MENU}</div><div class="news-detail"><span class="cat">{story.section}</span>
<h3 class="news-title">{story.title}</h3><p class="news-date"><i></i> Ngày đăng bài: {story.published:%d/%m/%Y}</p><div class="ms-rtestate-field">{text}</div>
<p class="author" align="right">{story.author}</p><p>Lượt xem: 77</p></div><div class="relatedNews"><h4>Tin cùng chuyên mục</h4>
<ul>{_links(others)}</ul></div><div class="thongke">Tổng truy cập: 1.204.551</div><div class="copyright">{FOOT}</div></div></body></html>"""
    )


def liferay(story: Story, others: Sequence[Story]) -> Known:
    """Liferay: portlets whose names are headings, the article in one of them."""
    return Known(
        html=f"""<!DOCTYPE html><html class="ltr" lang="vi-VN"><head><meta charset="utf-8"><title>{story.title} - Tin tức - {SITE}</title></head>
<body class="controls-visible"><a href="#main-content" id="skip-to-content">Bỏ qua</a><header id="banner"><nav>{MENU}</nav></header>
<section id="content"><nav id="breadcrumbs"><ul class="breadcrumb"><li><a href="/">Trang chủ</a></li><li class="last">{story.section}</li></ul></nav>
<div class="portlet-boundary"><section class="portlet"><h1 class="portlet-title"><span>Thông tin nổi bật</span></h1><div><a href="/x">Xem lịch tiếp dân</a></div></section></div>
<div class="portlet-boundary"><section class="portlet"><header class="portlet-topper"><h1 class="portlet-title"><span>Xuất bản thông tin</span></h1></header>
<div class="asset-full-content"><h3 class="header-title"><span>{story.title}</span></h3><div class="metadata-entry metadata-publish-date">{story.published:%H:%M %d/%m/%Y}</div>
<div class="journal-content-article"><p><b>{story.lead}</b></p>{_p(story)}<p style="text-align:right">{story.author}</p></div></div></section></div>
<div class="portlet-boundary"><section class="portlet"><h1 class="portlet-title"><span>Tin liên quan</span></h1><ul>{_links(others)}</ul></section></div></section>
<footer id="footer"><p>{FOOT}</p></footer></body></html>""",
    )


def liferay_journal(story: Story, others: Sequence[Story]) -> Known:
    """Liferay with a web content display: bare title, the date under the text."""
    return Known(
        html=f"""<!DOCTYPE html><html lang="vi-VN"><head><meta charset="utf-8"><title>Chi tiết tin - {SITE}</title><meta property="og:title" content="Chi tiết tin"></head>
<body><div id="wrapper"><div class="nav-menu">{MENU}</div><div id="column-1"><div class="portlet-body"><h2 class="title-detail-news">{story.title}</h2>
<div class="summary-detail"><p>{story.lead}</p></div><div class="content-detail">{_p(story, attributes=' class="MsoNormal" style="text-align:justify"')}</div>
<div class="author-detail">Tác giả: {story.author}</div><div class="date-detail">Ngày đăng: {story.published:%d-%m-%Y %H:%M}</div></div></div>
<div id="column-2"><div class="taglib-header"><h3>Tin mới nhất</h3></div><ul class="list-news">{_links(others, dated=True)}</ul>
<div class="portlet-body"><h3>Thăm dò ý kiến</h3><p>Bà con thấy trang mới thế nào?</p></div></div><div id="bottom">{FOOT}</div></div></body></html>"""
    )


def vnpt(story: Story, others: Sequence[Story]) -> Known:
    """VNPT portal: the name of the portal as every title, tools between title and text."""
    return Known(
        html=f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"/><title>Cổng thông tin điện tử phường Vàm Cói</title>
<meta property="og:title" content="Cổng thông tin điện tử phường Vàm Cói"/><meta property="og:site_name" content="Cổng thông tin điện tử phường Vàm Cói"/>
<meta property="og:url" content="https://{HOST}/"/><link rel="canonical" href="https://{HOST}/trang-chu"/></head><body><div class="vnpt-header">{MENU}</div>
<div class="row"><div class="col-md-9 content-left"><div class="portlet-title-text"><a href="/t">{story.section}</a></div><div class="article-detail">
<h1 class="article-title">{story.title}</h1><div class="article-tools"><span class="date-time">{story.published:%d/%m/%Y | %H:%M}</span>
<a href="#">Đọc bài viết</a> <a href="#">A+</a> <a href="#">A-</a> <a href="#">In trang</a></div><h2 class="article-brief">{story.lead}</h2>
<div class="article-content">{_p(story, attributes=" style='text-align: justify;'")}</div><div class="article-author">{story.author}</div>
<div class="article-social"><span>Chia sẻ:</span> <a href="#">Facebook</a> <a href="#">Zalo</a></div></div>
<div class="other-article"><div class="title-other">Tin bài khác</div><ul>{_links(others, dated=True)}</ul></div></div>
<div class="col-md-3 content-right"><div class="box-title">Văn bản mới</div><ul><li><a href="/v1">Quyết định 12/QĐ-UBND</a></li></ul></div></div>
<div class="vnpt-footer">{FOOT}</div></body></html>"""
    )


def vnpt_old(story: Story, others: Sequence[Story]) -> Known:
    """VNPT portal, older: spans with generated names, everything in one cell, views before the text."""
    return Known(
        html=f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>Trang thông tin điện tử phường Vàm Cói - {story.section}</title></head>
<body><div id="ctl00_menu">{MENU}</div><table border="0" width="100%"><tr><td class="ctl-left" width="20%"><div class="boxleft">Chuyên mục<ul><li><a href="/1">Kinh tế</a></li><li><a href="/2">Xã hội</a></li></ul></div></td>
<td class="ctl-main"><div class="ct-news-detail"><p class="lblTitle" id="ctl00_lblTieuDe">{story.title}</p><p class="lblNgay">(Ngày đăng: {story.published:%d/%m/%Y &nbsp; %H:%M})</p>
<p class="lblLuotXem">Lượt xem: 140</p><p class="lblTomTat"><b>{story.lead}</b></p><div id="ctl00_lblNoiDung">{_p(story)}
<p align="right"><em><strong>{story.author}</strong></em></p></div><p><a href="#">Về trang trước</a> <a href="#">Gửi email</a> <a href="#">In trang</a></p></div>
<div class="ct-other"><p><b>Các tin đã đưa</b></p><ul>{_links(others, dated=True)}</ul></div></td></tr></table><center>{FOOT}</center></body></html>"""
    )


def wordpress(story: Story, others: Sequence[Story]) -> Known:
    """WordPress with a classic theme: Yoast's graph, UTC dates, "admin", English remnants."""
    utc = (story.published - timedelta(hours=7)).isoformat()
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Article",
                "headline": story.title,
                "author": {"name": "admin"},
                "datePublished": f"{utc}+00:00",
                "articleSection": [story.section],
            },
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": 1, "name": "Trang chủ"},
                    {"@type": "ListItem", "position": 2, "name": story.title},
                ],
            },
            {"@type": "WebSite", "name": SITE},
        ],
    }
    return Known(
        has_author=False,
        html=f"""<!DOCTYPE html><html lang="vi"><head><meta charset="UTF-8"/><title>{story.title} - {SITE}</title><link rel="canonical" href="https://{HOST}/{story.slug}/"/>
<meta property="og:title" content="{story.title} - {SITE}"/><meta property="og:site_name" content="{SITE}"/><meta property="article:published_time" content="{utc}+00:00"/>
<meta name="author" content="admin"/><script type="application/ld+json">{dumps(graph, ensure_ascii=False)}</script></head><body class="single"><header>{MENU}</header>
<main id="main"><article id="post-12" class="post"><header class="entry-header"><h6 class="entry-category"><a rel="category tag" href="/c">{story.section}</a></h6><h1 class="entry-title">{story.title}</h1>
<div class="entry-meta">Posted on <time class="entry-date published" datetime="{_iso(story)}">{story.published:%d/%m/%Y}</time> by <a class="url fn n" href="/author/admin">admin</a></div></header>
<div class="entry-content"><p>{story.lead}</p>{_p(story)}<div class="kk-star-ratings">5/5 - (1 bình chọn)</div></div>
<footer class="entry-meta">This entry was posted in <a href="/c">{story.section}</a>. Bookmark the <a href="/p">permalink</a>.</footer></article>
<div id="comments"><h3>Để lại một bình luận</h3><p>Email của bạn sẽ không được hiển thị công khai.</p></div></main><aside><h3>Bài viết mới</h3><ul>{_links(others)}</ul></aside>
<footer id="footer"><p>{FOOT}</p></footer></body></html>""",
    )


def wordpress_blocks(story: Story, others: Sequence[Story]) -> Known:
    """WordPress with a magazine theme: the real author in a link, related posts in the middle of the text."""
    half = len(story.paragraphs) // 2
    first, rest = story.paragraphs[:half], story.paragraphs[half:]
    related = f"<div class='td-a-rec'><strong>Xem thêm:</strong> <a href='/{others[0].slug}'>{others[0].title}</a></div>"
    return Known(
        html=f"""<!DOCTYPE html><html lang="vi-VN"><head><meta charset="UTF-8"/><title>{story.title} | Tin {SITE}</title><meta property="og:title" content="{story.title}"/>
<meta property="og:url" content="https://{HOST}/{story.slug}"/><meta property="article:published_time" content="{_iso(story)}"/><meta property="article:section" content="{story.section}"/></head>
<body class="post-template-default single"><div class="td-header-menu-wrap">{MENU}</div><article class="post type-post"><div class="td-post-header"><ul class="td-category"><li><a href="/c">{story.section}</a></li></ul>
<header class="td-post-title"><h1 class="entry-title">{story.title}</h1><div class="td-module-meta-info"><div class="td-post-author-name">Bởi <a href="/author/x">{story.author}</a> -</div>
<span class="td-post-date"><time class="entry-date" datetime="{_iso(story)}">{story.published:%d/%m/%Y}</time></span><div class="td-post-views">1204</div></div></header></div>
<div class="td-post-content"><p><em>{story.lead}</em></p>{"".join(f"<p>{t}</p>" for t in first)}{related}{"".join(f"<p>{t}</p>" for t in rest)}</div>
<footer><div class="td-post-sharing"><a href="#">Facebook</a></div><div class="td-related-title">BÀI VIẾT LIÊN QUAN</div><ul>{_links(others)}</ul></footer></article>
<div class="td-footer">{FOOT}</div></body></html>"""
    )


def vccorp(story: Story, others: Sequence[Story]) -> Known:
    """VCCorp's system, as many national papers use: sapo in a heading, a box of another article in the text."""
    thing = {
        "@type": "NewsArticle",
        "headline": story.title,
        "description": story.lead,
        "datePublished": _iso(story),
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"@type": "Organization", "name": "Báo Vàm Cói"},
    }
    box = f"<div class='VCSortableInPreviewMode' type='RelatedOneNews'><div><a href='/{others[0].slug}' class='link-title'>{others[0].title}</a><span class='btn-read-more'>Đọc ngay</span></div></div>"
    first, *rest = story.paragraphs
    return Known(
        html=f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"/><title>{story.title} - Báo Vàm Cói</title><meta name="description" content="{story.lead}"/><meta property="og:title" content="{story.title}"/>
<meta property="og:url" content="https://bao.example.vn/{story.slug}.htm"/><meta property="article:author" content="Báo Vàm Cói"/><meta name="author" content="bao.example.vn"/>
<script type="application/ld+json">{dumps(thing, ensure_ascii=False)}</script></head><body><div id="menu">{MENU}</div><div class="detail__page"><div class="detail-cate"><a href="/c" data-role="cate-name">{story.section}</a></div>
<div data-role="publishdate">{story.published:%d/%m/%Y %H:%M} GMT+7</div><h1 class="detail-title article-title" data-role="title">{story.title}</h1><div class="author-info"><a class="name" href="/t">{story.author.upper()}</a></div>
<h2 class="detail-sapo" data-role="sapo">{story.lead}</h2><div class="detail-content afcbc-body" data-role="content" itemprop="articleBody"><p>{first}</p>{box}{"".join(f"<p>{t}</p>" for t in rest)}</div>
<div class="detail__related"><h3>Tin liên quan</h3>{"".join(f"<div class='box-category-item'><a class='box-category-link-title' href='/r'>{o.title}</a></div>" for o in others)}</div>
<div class="detail-tags">Tags: phường</div><div class="detail-comment">Bình luận (0) Vui lòng nhập nội dung bình luận.</div></div><div id="footer"><p>{FOOT}</p></div></body></html>"""
    )


def vccorp_2(story: Story, others: Sequence[Story]) -> Known:
    """VCCorp's system on a provincial paper: sapo in a div, author and source at the end."""
    return Known(
        html=f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"/><title>{story.title}</title><meta property="og:title" content="{story.title}"/><meta property="og:url" content="https://bao.example.vn/{story.slug}.html"/>
<meta property="article:published_time" content="{_iso(story)}"/><meta property="article:section" content="{story.section}"/></head><body><div class="header__nav">{MENU}</div><div class="main-content"><div class="article__header">
<h1 class="article__title cms-title">{story.title}</h1><div class="article__meta"><time>{story.published:%d/%m/%Y, %H:%M}</time></div></div><div class="article__sapo cms-desc">{story.lead}</div>
<div class="article__body cms-body">{_p(story)}</div><div class="article__author"><span class="name">{story.author}</span></div><div class="article__source">Theo Báo Vàm Cói</div>
<div class="article__tag"><h4>Từ khóa:</h4> <a href="/t">phường</a></div><div class="article__related"><h3>Có thể bạn quan tâm</h3><div class="story"><h3 class="story__title"><a href="/r">{others[0].title}</a></h3></div>
<div class="story"><h3 class="story__title"><a href="/r">{others[1].title}</a></h3></div></div><div class="comment-box"><h3>Ý kiến bạn đọc</h3><p>Gửi ý kiến của bạn tới tòa soạn</p></div></div><footer>{FOOT}</footer></body></html>"""
    )


def vnexpress(story: Story, others: Sequence[Story]) -> Known:
    """VnExpress: the lead outside the article with a place stamped before it, the paper as declared author."""
    thing = {
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": _iso(story),
        "author": {"@type": "Person", "name": "VcX"},
    }
    way = {
        "@type": "BreadcrumbList",
        "itemListElement": [{"@type": "ListItem", "position": 1, "item": {"name": story.section}}],
    }
    return Known(
        html=f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"/><title>{story.title} - Báo VcX</title><meta property="og:site_name" content="vcx.example.net"/><meta property="og:title" content="{story.title}"/>
<meta property="og:url" content="https://vcx.example.net/{story.slug}-41.html"/><meta property="og:description" content="{story.lead}"/><meta name="author" content="VcX"/>
<script type="application/ld+json">{dumps(thing, ensure_ascii=False)}</script><script type="application/ld+json">{dumps(way, ensure_ascii=False)}</script></head><body><nav>{MENU}</nav>
<section class="section page-detail top-detail"><div class="sidebar-1"><div class="header-content"><ul class="breadcrumb"><li><a href="/c">{story.section}</a></li></ul><span class="date">Thứ bảy, {story.published.day}/{story.published.month}/{story.published.year}, {story.published:%H:%M} (GMT+7)</span></div>
<h1 class="title-detail">{story.title}</h1><p class="description">{story.lead}</p><article class="fck_detail">{_p(story, attributes=' class="Normal"')}<p class="Normal" style="text-align:right;"><strong>{story.author}</strong></p></article>
<div data-component-type="tin_xemthem"><div class="box-tinlienquanv2"><article class="item-news"><h4 class="title-news"><a href="/r">{others[0].title}</a></h4></article></div></div></div></section><div id="footer"><p>{FOOT}</p></div></body></html>"""
    )


def vnexpress_photo(story: Story, others: Sequence[Story]) -> Known:
    """A daily's page of pictures: figures between the paragraphs, a list of links to read on before the end."""
    links = "".join(f"<p class='Normal'>&gt;&gt; <a href='/{o.slug}'>{o.title}</a></p>" for o in others[:2])
    return Known(
        html=f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"/><title>{story.title} | VcX</title><meta property="og:title" content="{story.title}"/><meta name="pubdate" content="{_iso(story)}"/>
<meta property="og:url" content="https://vcx.example.net/anh/{story.slug}"/></head><body><div class="menu-top">{MENU}</div><div class="page-photo"><span class="cate"><a href="/c">{story.section}</a></span><h1 class="title-news">{story.title}</h1>
<div class="lead_detail">{story.lead}</div><div class="item_slide_show">{_p(story)}{links}</div><div class="author_mail"><strong>{story.author}</strong></div></div>
<div class="box_xemnhieu"><h3>Xem nhiều</h3><ul>{_links(others)}</ul></div><footer>{FOOT}</footer></body></html>"""
    )


def next_page(story: Story, others: Sequence[Story]) -> Known:
    """Next.js: nothing shown without scripts, the article in the page's data."""
    data = {
        "props": {
            "pageProps": {
                "menu": [{"title": "Tin tức"}],
                "article": {
                    "title": story.title,
                    "content": f"<p>{story.lead}</p>{_p(story)}",
                    "publishedAt": _iso(story),
                    "author": {"name": story.author},
                    "category": {"name": story.section},
                },
                "related": [{"title": o.title, "content": o.lead} for o in others],
            }
        }
    }
    return Known(
        html=f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"/><title>{story.title} - {SITE}</title></head><body><div id="__next"><div class="spinner"></div></div>
<script id="__NEXT_DATA__" type="application/json">{dumps(data, ensure_ascii=False)}</script></body></html>"""
    )


def next_rendered(story: Story, others: Sequence[Story]) -> Known:
    """Next.js, rendered: classes without meaning, paragraphs in divs."""
    return Known(
        html=f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"/><title>{story.title}</title><meta property="og:title" content="{story.title}"/><meta property="article:published_time" content="{_iso(story)}"/>
<meta name="author" content="{story.author}"/></head><body><div id="__next"><div class="css-1k2"><div class="css-9ab"><a href="/">Trang chủ</a><a href="/tin">Tin tức</a><a href="/lh">Liên hệ</a></div><div class="css-77x">
<h1 class="css-h1">{story.title}</h1><div class="css-l">{story.lead}</div><div class="css-b">{_p(story, "div", ' class="css-p"')}</div></div><div class="css-r"><div class="css-rt">Đọc nhiều</div>
{"".join(f"<div class='css-ri'><a href='/{o.slug}'>{o.title}</a></div>" for o in others)}</div></div><div class="css-f">{FOOT}</div></div>
<script id="__NEXT_DATA__" type="application/json">{dumps({"props": {"pageProps": {"id": 3}}})}</script></body></html>"""
    )


SEEN: dict[str, Template] = {
    template.__name__: template
    for template in (
        joomla,
        dnn,
        nukeviet,
        sharepoint,
        liferay,
        vnpt,
        wordpress,
        vccorp,
        vnexpress,
        next_page,
    )
}
UNSEEN: dict[str, Template] = {
    template.__name__: template
    for template in (
        *(joomla_k2, dnn_breaks, nukeviet_3, sharepoint_web_part, liferay_journal),
        *(vnpt_old, wordpress_blocks, vccorp_2, vnexpress_photo, next_rendered),
    )
}
