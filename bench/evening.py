"""Offices at a deadline as `bench/desk` plays them: a browser each, with its session, its typing and its patience.

Nothing but the standard library. Each office asks as our pages and their script do: the list, the form, what is
typed saved as it is typed, the return sent and sent again until it is acknowledged, the receipt.
"""
import asyncio, html, random, re, time, urllib.parse, zlib

AGENT = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
#: How long a browser waits for an answer, in seconds, and how long it rests before it asks again.
PATIENCE, REST = 20, 0.5


class Gone(Exception):
    """There is no line, or it broke before the answer was whole."""


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode()

    def header(self, name):
        return self.headers.get(name, [""])[0]


class Measures:
    """What was asked, of each kind, and how long it took; when there was no server."""

    def __init__(self):
        self.taken, self.gone, self.refused, self.bytes = {}, 0, [], 0

    def add(self, kind, seconds, size):
        self.taken.setdefault(kind, []).append((time.monotonic(), seconds))
        self.bytes += size


class Browser:
    """One browser with its cookies, on one connection at a time."""

    def __init__(self, port, number, measures, cookies=None):
        self.port, self.measures, self.cookies = port, measures, dict(cookies or {})
        # A client of its own: behind the trusted proxy each office has its own address.
        self.client = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        self.reader = self.writer = None

    def close(self):
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None

    async def ask(self, kind, path, fields=None, headers=(), listen=None, patience=PATIENCE):
        start = time.monotonic()
        try:
            answer = await asyncio.wait_for(self.exchange(path, fields, headers, listen), patience)
        except (OSError, EOFError, asyncio.TimeoutError, asyncio.IncompleteReadError) as error:
            self.close()
            self.measures.gone += 1
            raise Gone(str(error)) from error
        self.measures.add(kind, time.monotonic() - start, len(answer.body))
        if answer.status >= 500 or answer.status == 429:
            self.measures.refused.append(f"{answer.status} for {kind} {path}")
        return answer

    async def exchange(self, path, fields, headers, listen):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = b"" if fields is None else urllib.parse.urlencode(fields).encode()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = [
            f"{'GET' if fields is None else 'POST'} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"User-Agent: {AGENT}",
            "Accept-Encoding: gzip", "Sec-Fetch-Site: same-origin", f"X-Forwarded-For: {self.client}", f"Cookie: {cookies}",
            *headers,
        ]
        if fields is not None:
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        self.writer.write("\r\n".join([*head, "", ""]).encode() + body)
        await self.writer.drain()
        status, told = parse_head(await self.reader.readuntil(b"\r\n\r\n"))
        for cookie in told.get("set-cookie", []):
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        answer = Answer(status, told, b"")
        if listen:
            await listen(self.reader)
            self.close()
            return answer
        answer.body = await self.body(told)
        if answer.header("connection") == "close":
            self.close()
        return answer

    async def body(self, told):
        if "content-length" in told:
            raw = await self.reader.readexactly(int(told["content-length"][0]))
        elif told.get("transfer-encoding") == ["chunked"]:
            raw = b"".join([piece async for piece in chunks(self.reader)])
        else:
            raw = b""
        return zlib.decompress(raw, 47) if told.get("content-encoding") == ["gzip"] else raw


def parse_head(raw):
    first, *lines = raw.decode("latin-1").split("\r\n")
    told = {}
    for line in filter(None, lines):
        name, value = line.split(":", 1)
        told.setdefault(name.lower(), []).append(value.strip())
    return int(first.split()[1]), told


async def chunks(reader):
    while True:
        size = int(await reader.readuntil(b"\r\n"), 16)
        piece = await reader.readexactly(size + 2)
        if size == 0:
            return
        yield piece[:-2]


async def set_up(browser, code, pin):
    """What a holder does with a slip: a name, a PIN; the browser is signed in then."""
    fields = [("cach", "pin"), ("name", "Người đo thử"), ("contact", ""), ("pin", pin)]
    # A slip is good once: whoever does not wait for the answer cannot ask again.
    answer = await browser.ask("set up by slip", f"/lam-viec/thiet-lap/{code}", fields, patience=300)
    if answer.status != 303:
        raise SystemExit(f"a slip does not let in: {answer.status} {answer.text[:2000]}")


class Office:
    """An office that owes a return. What was acknowledged, and what it said, is told to the ledger."""

    def __init__(self, browser, unit, values, pin, ledger):
        self.browser, self.unit, self.values, self.pin, self.ledger = browser, unit, values, pin, ledger

    async def stubborn(self, *asked, **more):
        """Asks until there is an answer, as a page does whose line comes and goes."""
        while True:
            try:
                return await self.browser.ask(*asked, **more)
            except Gone:
                await asyncio.sleep(REST * random.uniform(0.5, 1.5))

    async def sign_in(self):
        """Signs in anew with the PIN of this phone."""
        self.browser.cookies.pop("nhipcau", None)
        answer = await self.stubborn("sign in by PIN", "/lam-viec/dang-nhap/pin", [("password", self.pin)])
        if answer.status != 303:
            raise SystemExit(f"the PIN of {self.unit} does not let in: {answer.status}")

    async def look(self):
        return await self.stubborn("what is owed", "/lam-viec/bao-cao")

    async def report(self, signs_in):
        if signs_in:
            await self.sign_in()
        listed = await self.look()
        action = re.search(r'href="(/lam-viec/bao-cao/[^"?]+/[^"?]+/[^"?]+)"', listed.text)
        if not action:
            raise SystemExit(f"{self.unit} owes nothing: {listed.status} {listed.text[:500]}")
        action = action[1]
        await asyncio.sleep(random.uniform(1, 3))
        form = (await self.stubborn("the form", action)).text
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form.split('id="phieu"')[1]))
        names = re.findall(r'name="so\.([^"]+)"', form)
        csrf, fields, third = hidden.pop("csrf"), dict(hidden), -(-len(names) // 3)
        for name in names:
            # That a number is a number is left out, as the page's script leaves it out.
            fields[f"so.{name}"] = ""
        for begin in range(0, len(names), third):
            await asyncio.sleep(random.uniform(2, 5))
            for name in names[begin : begin + third]:
                fields[f"so.{name}"] = str(self.values[name])
            saved = await self.stubborn("saved as typed", f"{action}/luu-tam", list(fields.items()), [f"x-csrf: {csrf}"])
            told = saved.text
            if '"version"' not in told:
                raise SystemExit(f"what {self.unit} typed was not kept: {saved.status} {told[:500]}")
            fields["phien"] = re.search(r'"version":"(\d+)"', told)[1]
        await asyncio.sleep(random.uniform(1, 3))
        self.ledger.sent.add(self.unit)
        sent = await self.stubborn("a return sent", f"{action}/gui", [*fields.items(), ("tra-loi", "json")], [f"x-csrf: {csrf}"])
        told = re.search(r'"to":"([^"]+/gui[^"]*)"', sent.text)
        if not told:
            raise SystemExit(f"the return of {self.unit} was not taken: {sent.status} {sent.text[:500]}")
        # From here on it is acknowledged: whatever happens, it has to be there.
        self.ledger.acknowledged[self.unit] = time.monotonic()
        receipt = await self.stubborn("the receipt", told[1])
        if receipt.status != 200:
            raise SystemExit(f"{self.unit} has no receipt: {receipt.status}")
        self.browser.close()


class Ledger:
    def __init__(self):
        self.sent, self.acknowledged = set(), {}


async def review(browser, over, pause):
    """A reviewer: the queue, one return beside others, and what is ticked accepted."""
    await asyncio.sleep(random.uniform(0, pause))
    while not over.is_set():
        try:
            queue = (await browser.ask("the queue", "/lam-viec/duyet")).text
            one = re.search(r'class="unit" href="([^"]+)"', queue)
            if one:
                await asyncio.sleep(random.uniform(1, 3))
                await browser.ask("one return reviewed", html.unescape(one[1]))
            ticks = [html.unescape(t) for t in re.findall(r'name="chon" value="([^"]+)"', queue)]
            if ticks:
                csrf = re.search(r'name="csrf" value="([^"]+)"', queue)[1]
                fields = [("csrf", csrf), *(("chon", tick) for tick in ticks)]
                await browser.ask("many accepted", "/lam-viec/duyet", fields)
        except Gone:
            pass
        await asyncio.sleep(random.uniform(0.5, 1.5) * pause)


async def watch_table(browser, over, heard):
    """The wide table, and the totals that it hears of as returns are accepted."""

    async def listen(reader):
        async for piece in chunks(reader):
            heard.append(piece.count(b"event: tong"))

    await asyncio.sleep(random.uniform(0, 10))
    try:
        await browser.ask("the wide table", "/lam-viec/bang")
    except Gone:
        pass
    while not over.is_set():
        try:
            # How long it is listened to says nothing of how soon it was answered.
            await browser.ask("(events listened to)", "/lam-viec/bang/su-kien", headers=["Accept: text/event-stream"], listen=listen)
        except Gone:
            pass
        await asyncio.sleep(REST)


async def wander(offices, over, every):
    """Offices that are signed in and only look."""
    while not over.is_set():
        asyncio.ensure_future(glance(random.choice(offices)))
        await asyncio.sleep(every)


async def glance(office):
    try:
        await office.browser.ask("what is owed", "/lam-viec/bao-cao")
    except Gone:
        pass
    office.browser.close()
