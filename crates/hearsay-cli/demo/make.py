#!/usr/bin/env python3
"""Writes those pages of the demo archive that are not plain UTF-8: python3 make.py

They are kept in the repository as they are written here; run it again after a change and commit what it makes."""
import gzip, pathlib

HERE = pathlib.Path(__file__).parent

ARABIC = """<html dir="rtl" lang="ar"><head>
<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">
<title>الجبهة تنفي مشاركة مقاتليها في هجوم قصريل - النهر الجديد</title>
</head><body>
<div class="menu"><a href="/">الرئيسية</a> <a href="/local">محليات</a> <a href="/world">العالم</a> <a href="/sport">رياضة</a></div>
<div class="article">
<h1>الجبهة تنفي مشاركة مقاتليها في هجوم قصريل</h1>
<div class="date">10 أبريل 2014</div>
<div class="body">
<p>هادرين - نفت جبهة تحرير إيفن اليوم الخميس أن يكون مقاتلوها قد شاركوا في الهجوم على نقطة حدودية قرب بلدة قصريل، واتهمت الحكومة في ميرون بالبحث عن ذريعة لإنهاء الهدنة.</p>
<p>وقالت عضو المكتب السياسي للجبهة يسرى تالم إن "كتائب الحجر لم تكن في قصريل يوم الثلاثاء ولا في أي يوم آخر". وأضافت أن الكتائب لم تتلق أي تدريب من بلقوار.</p>
<p>وكانت وزارة الدفاع في تولفار قد أعلنت مقتل ثمانية جنود في الهجوم. وقال مسؤول أمني طلب عدم الكشف عن اسمه إن مدربين من حرس الحدود في بلقوار دربوا مقاتلي الكتائب في معسكر قرب سور حدة.</p>
<p>ووصفت وزيرة خارجية بلقوار ليدا أمسور هذه الأنباء بأنها لا أساس لها من الصحة، بحسب وكالة نورثلايت.</p>
<p>وقال أحد سكان قصريل للنهر الجديد إن المدارس ستفتح أبوابها يوم الأحد.</p>
</div></div>
<div class="footer">جميع الحقوق محفوظة - النهر الجديد</div>
</body></html>
"""

OLD = """<HTML><HEAD><TITLE>MPA WIRE ARCHIVE: TRUCE ON THE IVEN</TITLE></HEAD>
<BODY BGCOLOR=#FFFFFF TEXT=#000000>
<TABLE WIDTH=600 BORDER=0 CELLPADDING=4><TR><TD WIDTH=120 VALIGN=TOP BGCOLOR=#CCCCCC><FONT SIZE=2>
<A HREF="index.html">Index</A><BR><A HREF="1998-10.html">October</A><BR><A HREF="1998-11.html">November</A><BR><A HREF="1998-12.html">December</A><BR><A HREF="search.html">Search</A></FONT></TD>
<TD WIDTH=480 VALIGN=TOP>
<FONT SIZE=4><B>GOVERNMENT, FRONT SIGN TRUCE</B></FONT><BR><BR>
<FONT FACE="Times">MERUN, 3 NOV 98 (MPA) -- THE GOVERNMENT OF TOLVAR AND THE IVEN LIBERATION FRONT SIGNED A TRUCE AT THE RÉSIDENCE PALACE IN MERUN TODAY, ENDING FOUR YEARS OF FIGHTING IN THE VALLEY OF THE IVEN.<P>
THE DOCUMENT OBLIGES THE FRONT TO WITHDRAW ITS FIGHTERS TO A DISTANCE OF FIVE KILOMETERS FROM THE RIVER, AND THE ARMY TO OPEN THE ROAD TO SUR HADDA. BOTH SIDES WILL RELEASE THEIR PRISONERS WITHIN 30 DAYS, A GOVERNMENT SPOKESMAN SAID.<P>
FRONT CHAIRMAN MAHIR TALEM SAID THAT HIS ORGANIZATION WOULD HONOR THE TRUCE "TO THE LAST LINE." HE DENIED REPORTS THAT A PART OF THE STONE BRIGADES HAD REFUSED TO LAY DOWN THEIR ARMS.<P>
THE PRESIDENT OF BELQUAR SENT A MESSAGE OF CONGRATULATION. BELQUAR HAS REPEATEDLY DENIED HAVING SUPPLIED THE FRONT WITH WEAPONS DURING THE WAR.<P>
ACCORDING TO THE RED LANTERN, MORE THAN 3,000 PEOPLE HAVE BEEN KILLED SINCE 1994.</FONT>
</TD></TR><TR><TD COLSPAN=2 ALIGN=CENTER><FONT SIZE=1>Copyright 1998 Merun Press Agency</FONT></TD></TR></TABLE>
</BODY></HTML>
"""

WARC_PAGES = [
    ("https://courant.example/2014/04/15/inspectors.html", "2014-04-16T03:12:44Z", """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>River union to send inspectors to Sur Hadda - The Northern Courant</title>
<meta property="og:site_name" content="The Northern Courant"><meta property="article:published_time" content="2014-04-15T19:30:00+03:00"></head>
<body><ul class="nav"><li><a href="/">Front page</a></li><li><a href="/world">World</a></li></ul>
<article><h1>River union to send inspectors to Sur Hadda</h1><p class="author">By Elin Marsh</p>
<p>The Union of River States will send six inspectors to Sur Hadda in the first week of May, its secretary general, Viktor Lanz, announced on Tuesday.</p>
<p>Lanz said that Belquar and the Iven Liberation Front had agreed to the visit. Tolvar had been informed, he said, and had raised no objection “so far”.</p>
<p>A Tolvaran diplomat said his government would accept the inspectors' findings only if they were allowed to speak to fighters of the Stone Brigades alone. The Front has rejected that condition.</p>
<p>The inspectors will also look at the farmhouse near Umm Dair where, according to the Iven Valley Observatory for Human Rights, five people died in an air strike on 9 April. The army denies having flown that day.</p>
</article><footer>The Northern Courant, founded 1871</footer></body></html>
"""),
    ("https://courant.example/2014/04/16/editorial.html", "2014-04-16T03:12:51Z", """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Eight days on the Iven - The Northern Courant</title>
<meta property="og:site_name" content="The Northern Courant"><meta property="article:published_time" content="2014-04-16T05:00:00+03:00"></head>
<body><ul class="nav"><li><a href="/">Front page</a></li><li><a href="/opinion">Opinion</a></li></ul>
<article><h1>Eight days on the Iven</h1><p class="author">Comment by the editors</p>
<p>Eight days ago few of our readers could have found Qasrel on a map. Since then eight soldiers and, if the Observatory is right, five villagers have died there, an ambassador has gone home, and three hundred lorries have stood in the sun.</p>
<p>What is known is little. Merun says that trained men came across the river. Hadrin says that it trained no one. The Front says that its men were elsewhere. None of the three has shown anything that an outsider could check.</p>
<p>Prime Minister Valk threatened on the first day to answer “wherever the answer is due”. She has been wise enough not to. Had she followed her generals, the talks of May would be a war of April.</p>
</article><footer>The Northern Courant, founded 1871</footer></body></html>
"""),
]


def record(url, date, page):
    body = page.encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    name = f"<urn:uuid:00000000-0000-4000-8000-{abs(hash_of(url)):012x}>"
    head = (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: {name}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n")
    return gzip.compress(head.encode() + http + b"\r\n\r\n", 9, mtime=0)


def hash_of(text):
    import zlib
    return zlib.crc32(text.encode())


(HERE / "nahr-2014-04-10.html").write_bytes(ARABIC.encode("windows-1256"))
(HERE / "mpa-1998-11-03.html").write_bytes(OLD.encode("latin-1"))
(HERE / "courant-2014-04.warc.gz").write_bytes(b"".join(record(*page) for page in WARC_PAGES))
