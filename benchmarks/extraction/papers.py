"""More structures, written when the reader was done: nothing in it was made to fit them."""

from collections.abc import Sequence

from benchmarks.extraction.portals import FOOT, HOST, MENU, SITE, Known, Template
from benchmarks.extraction.stories import Story


def _iso(story: Story) -> str:
    return f"{story.published.isoformat()}+07:00"


def drupal(story: Story, others: Sequence[Story]) -> Known:
    """Drupal 7: fields inside fields, "submitted by" above the text."""
    text = "".join(f"<p>{t}</p>" for t in (story.lead, *story.paragraphs))
    links = "".join(f"<li class='views-row'><a href='/{o.slug}'>{o.title}</a></li>" for o in others)
    return Known(
        html=f"""<!DOCTYPE html><html lang="vi" dir="ltr"><head><meta charset="utf-8"/><link rel="canonical" href="/node/77"/><meta name="Generator" content="Drupal 7"/><title>{story.title} | {SITE}</title></head>
<body class="html not-front page-node node-type-article"><div id="skip-link"><a class="element-invisible" href="#main">Nhảy đến nội dung</a></div><div id="header"><h1 id="site-name"><a href="/">{SITE}</a></h1>{MENU}</div>
<div id="main"><h2 class="element-invisible">Bạn đang ở đây</h2><div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/c">{story.section}</a></div><h1 class="title" id="page-title">{story.title}</h1>
<div class="node node-article"><div class="meta submitted">Được đăng bởi <span class="username">{story.author}</span> vào <span>{story.published:%d/%m/%Y - %H:%M}</span></div>
<div class="content"><div class="field field-name-body"><div class="field-items"><div class="field-item even">{text}</div></div></div></div><ul class="links inline"><li><a href="/login">Đăng nhập để gửi bình luận</a></li></ul></div></div>
<div class="region-sidebar-second"><h2>Tin mới</h2><ul>{links}</ul></div><div id="footer">{FOOT}</div></body></html>"""
    )


def blogger(story: Story, others: Sequence[Story]) -> Known:
    """Blogger: the day over the title, the text in a div with breaks, the author in the post's foot."""
    text = "<br /><br />".join((story.lead, *story.paragraphs))
    links = "".join(f"<li><a href='/{o.slug}'>{o.title}</a></li>" for o in others)
    return Known(
        html=f"""<!DOCTYPE html><html dir='ltr'><head><meta content='text/html; charset=UTF-8' http-equiv='Content-Type'/><meta content='blogger' name='generator'/><link href='http://vamcoi.example.net/2026/{story.slug}.html' rel='canonical'/>
<meta content='{story.title}' property='og:title'/><title>Chuyện làng Vàm Cói: {story.title}</title></head><body class='item-view'><div class='header'><h1 class='title'><a href='/'>Chuyện làng Vàm Cói</a></h1></div><div class='tabs'>{MENU}</div>
<div class='main-inner'><h2 class='date-header'><span>{story.published.day} tháng {story.published.month}, {story.published.year}</span></h2><div class='post hentry'><h3 class='post-title entry-title'>{story.title}</h3>
<div class='post-body entry-content'>{text}<div style='clear: both;'></div></div><div class='post-footer'><span class='post-author vcard'>Người đăng: <span class='fn'>{story.author}</span></span> <span class='post-labels'>Nhãn: <a href='/l'>{story.section}</a></span></div></div>
<div class='comments'><h4>Không có nhận xét nào:</h4><p>Đăng nhận xét</p></div></div><div class='sidebar'><h2>Bài đăng phổ biến</h2><ul>{links}</ul></div></body></html>"""
    )


def daily(story: Story, others: Sequence[Story]) -> Known:
    """A national daily's own system: the author above the title, boxes of links in the middle."""
    first, second, *rest = story.paragraphs
    box = "".join(f"<li><a href='/{o.slug}'>{o.title}</a></li>" for o in others[:2])
    return Known(
        html=f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"/><title>{story.title} | Báo Đất Vàm</title><meta property="og:title" content="{story.title} | Báo Đất Vàm"/><meta property="og:description" content="(Đất Vàm) - {story.lead}"/>
<meta property="article:published_time" content="{_iso(story)}"/><meta property="og:url" content="https://datvam.example.vn/{story.slug}-2026.htm"/></head><body><div class="bg-wrap"><menu>{MENU}</menu></div><main class="body container"><article class="singular-container">
<ul class="breadcrumbs"><li><h2><a href="/c">{story.section}</a></h2></li></ul><div class="author-wrap"><div class="author-meta"><div class="author-name"><b>{story.author}</b></div><time class="author-time" datetime="{story.published:%Y-%m-%d %H:%M}">Thứ tư, {story.published:%d/%m/%Y - %H:%M}</time></div></div>
<h1 class="title-page detail">{story.title}</h1><h2 class="singular-sapo">(Đất Vàm) - {story.lead}</h2><div class="singular-content"><p>{first}</p><p>{second}</p><div class="article-related"><ul>{box}</ul></div>{"".join(f"<p>{t}</p>" for t in rest)}</div>
<div class="social-pin"><a href="#">Facebook</a></div><ul class="tags-wrap"><li>Dòng sự kiện: <a href="/e">Tin phường</a></li></ul></article><aside><h3>Đọc nhiều trong {story.section}</h3><ul>{box}</ul></aside></main><footer>{FOOT}</footer></body></html>"""
    )


def ward(story: Story, others: Sequence[Story]) -> Known:
    """A ward's portal of a province: tools around the date, the text pasted from Word, a table of other news."""
    text = "".join(
        f"<p class=MsoNormal style='margin-top:6pt;text-align:justify'><span style='font-size:14pt'>{t}</span></p>"
        for t in story.paragraphs
    )
    rows = "".join(
        f"<tr><td><img src='a.gif'></td><td><a href='/{o.slug}'>{o.title}</a> <font color=gray>({o.published:%d/%m/%Y %H:%M})</font></td></tr>"
        for o in others
    )
    return Known(
        html=f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>UBND phường Vàm Cói</title></head><body><table width="1000"><tr><td>{MENU}</td></tr><tr><td class="path"><a href="/">Trang chủ</a> › <a href="/c">{story.section}</a></td></tr>
<tr><td><div class="detail_title">{story.title}</div><div class="detail_tools">{story.published:%H:%M} | {story.published:%d/%m/%Y} Print E-mail</div><div class="detail_sapo"><b>{story.lead}</b></div><div class="detail_body">{text}
<p class=MsoNormal align=right style='text-align:right'><b><i>{story.author}</i></b></p></div></td></tr><tr><td><b>Các bài viết khác</b><table>{rows}</table></td></tr><tr><td align="center">{FOOT}<br>Tổng số lượt truy cập: 22.019</td></tr></table></body></html>"""
    )


def schema(story: Story, others: Sequence[Story]) -> Known:
    """A site of bare semantic markup: article, header, address, time, section headings."""
    first, *rest = story.paragraphs
    return Known(
        html=f"""<!doctype html><html lang=vi><meta charset=utf-8><title>{story.title} – Tin bến sông</title><meta property="og:site_name" content="Tin bến sông"><link rel=canonical href="https://{HOST}/{story.slug}">
<header><a href="/">Tin bến sông</a><nav>{MENU}</nav></header><main><article><header><h1>{story.title}</h1><address>Bài: <a rel=author href="/a">{story.author}</a></address><time datetime="{_iso(story)}" pubdate>{story.published:%d/%m/%Y}</time></header>
<p>{story.lead}<p>{first}{"".join(f"<p>{t}" for t in rest)}</article><section aria-label="Đọc tiếp"><h2>Đọc tiếp</h2>{"".join(f"<article><h3><a href='/{o.slug}'>{o.title}</a></h3></article>" for o in others)}</section></main><footer>{FOOT}</footer></html>"""
    )


LATE: dict[str, Template] = {
    template.__name__: template for template in (drupal, blogger, daily, ward, schema)
}
