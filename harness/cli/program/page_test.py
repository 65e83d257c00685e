"""Opens pages of `tcprove run --html` in Chromium and looks at what its script made of them.

Usage: page_test.py TCPROVE SPECS
Exit status: 0 all held, 1 something did not, 77 there is no Chromium.
"""

import html.parser
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

HOSTILE = """# </script><script>document.title = 'bad'</script><img src=x onerror="document.title = 'bad'">
covers: [MUST-13]
ip: [4, 6]
given: ESTABLISHED
steps:
  - send: FIN,ACK
  - state: ESTABLISHED
"""


class Page(html.parser.HTMLParser):
    """What a reader sees: elements that are not hidden, with all that stands around each."""

    EMPTY = {'meta', 'input', 'br', 'img', 'link'}

    def __init__(self, text):
        super().__init__()
        self.path, self.elements, self.title = [], [], ''
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        element = {'tag': tag, 'words': '', 'path': list(self.path), **dict(attributes)}
        element['shown'] = 'hidden' not in element and all(one['shown'] for one in self.path)
        self.elements.append(element)
        if tag not in self.EMPTY:
            self.path.append(element)

    def handle_endtag(self, tag):
        while self.path and self.path.pop()['tag'] != tag:
            pass

    def handle_data(self, data):
        for element in self.path:
            element['words'] += data
        if self.path and self.path[-1]['tag'] == 'title':
            self.title += data

    def shown(self, tag, name='', inside=''):
        """Elements of this tag and class, inside of one with that id."""
        return [one for one in self.elements
                if one['tag'] == tag and one['shown']
                and (not name or name in (one.get('class') or '').split())
                and (not inside or any(outer.get('id') == inside for outer in one['path']))]

    def verdicts(self, row):
        return {one['class'].split()[1] for one in self.shown('span', 'v') if row in one['path']}


class Browser:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def open(self, page, **address):
        url = f'file://{page}#' + urllib.parse.urlencode(address)
        done = subprocess.run(
            [self.program, '--headless', '--no-sandbox', '--disable-gpu', '--enable-logging=stderr',
             f'--user-data-dir={self.folder}/profile', '--dump-dom', url],
            capture_output=True, text=True, timeout=100, check=True)
        complaints = [line for line in done.stderr.splitlines() if 'CONSOLE' in line]
        assert not complaints, complaints
        return Page(done.stdout)


def written(tcprove, folder, name, *words):
    page = folder / name
    subprocess.run([tcprove, 'run', *words, '--html', page], stdout=subprocess.DEVNULL, check=False)
    assert page.exists(), words
    return page


def rows_of(page):
    return [row for row in page.shown('tr', inside='requirements') if 'data-r' in row]


def filters_hide_what_does_not_go_with_them(browser, page):
    def look(**address):
        return browser.open(page, view='requirements', **address)

    all_rows = len(rows_of(look()))
    assert all_rows > 300, all_rows
    levels = rows_of(look(level='MUST NOT', section='RFC 9293 §3.8'))
    assert 0 < len(levels) < 30, len(levels)
    assert all('MUST NOT' in row['words'] and '§3.8' in row['words'] for row in levels)
    untested = look(verdict='untested')
    assert 0 < len(rows_of(untested)) < all_rows
    assert all('untested' in untested.verdicts(row) for row in rows_of(untested))
    failed = look(failures='')
    assert rows_of(failed), 'the faulty stack fails something'
    assert all(failed.verdicts(row) & {'fail', 'warn'} for row in rows_of(failed))
    words = rows_of(look(q='time-wait MSL'))
    assert [row for row in words if row['words'].startswith('MUST-13')], len(words)
    assert len(words) < 30, len(words)
    nothing = look(q='no such words')
    assert not rows_of(nothing) and nothing.shown('p', 'empty'), 'it is said that nothing is left'


def a_scenario_opens_with_its_ladder(browser, page):
    found = browser.open(page, view='scenarios', q='textbook/close')
    names = [one['words'] for one in found.shown('code', inside='scenarios')]
    assert len(names) > 1 and all(name.startswith('textbook/close') for name in names), names
    opened = browser.open(page, view='scenarios', open=names[0])
    ladders = opened.shown('svg', 'ladder')
    assert len(ladders) == 1, len(ladders)
    assert 'SYN seq=0' in ladders[0]['words'], ladders[0]['words']
    told = [table for table in opened.shown('table', inside='scenarios') if 'row by row' in table['words']]
    assert len(told) == 1, 'who does not see the drawing hears it'


def a_requirement_opens_with_its_scenarios(browser, page):
    opened = browser.open(page, view='requirements', open='MUST-13')
    below = opened.shown('tr', 'below', inside='requirements')
    assert len(below) == 1 and 'Covered by' in below[0]['words'], len(below)
    pressed = [one for one in opened.shown('button', 'open') if one['aria-expanded'] == 'true']
    assert [one['words'] for one in pressed] == ['MUST-13']


def failures_are_drawn_and_hostile_text_stays_text(browser, page):
    opened = browser.open(page)
    assert opened.title == 'tcprove: reference', opened.title
    articles = opened.shown('article', inside='failures')
    assert len(articles) == 2, len(articles)
    assert len(opened.shown('svg', 'ladder', inside='failures')) == 2
    assert not opened.shown('img')
    assert '</script><script>' in articles[0]['words']
    assert 'tcprove run ' in articles[0]['words'], 'the command that replays it'


def main(tcprove, specs):
    program = next(filter(None, map(shutil.which, ('chromium', 'chromium-browser', 'google-chrome'))), None)
    if program is None:
        print('skipped: there is no Chromium to open pages with')
        return 77
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        browser = Browser(program, folder)
        both = written(tcprove, folder, 'both.html', f'{specs}/textbook', f'{specs}/rfc9293', '-t', 'reference',
                       '-t', 'reference:fault=synack-not-retransmitted')
        filters_hide_what_does_not_go_with_them(browser, both)
        a_requirement_opens_with_its_scenarios(browser, both)
        a_scenario_opens_with_its_ladder(browser, both)
        (folder / 'hostile.yaml').write_text(HOSTILE)
        failures_are_drawn_and_hostile_text_stays_text(
            browser, written(tcprove, folder, 'hostile.html', folder / 'hostile.yaml', '-t', 'reference'))
    return 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
