// Draws a ladder: time at the left, the peer, arrows, the stack with its calls and states.

const svgNode = (name, attributes, ...content) => {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...content);
  return node;
};

const ladderSizes = { character: 7.25, line: 17, clock: 88, lane: 620, laneMin: 300, lead: 22 };

/** `words` in lines of at most `most` characters, cut at blanks and, within options, at commas. */
function wrapped(words, most) {
  const lines = [''];
  for (const piece of words.split(/(?<= )|(?<=,)(?=[a-z])/)) {
    const line = lines[lines.length - 1];
    if (line !== '' && line.length + piece.trimEnd().length > most) lines.push(piece);
    else lines[lines.length - 1] += piece;
  }
  return lines.map((line) => line.trimEnd());
}

function segmentWords(row) {
  const special = [row.lost ? 'lost' : '', row.oddity].filter((part) => part !== '').join(', ');
  return special === '' ? row.words : `${row.words} [${special}]`;
}

const stackWords = (row) => (row.kind === 'call' ? `${row.words} → ${row.answer}` : row.state);

class Ladder {
  constructor(rows) {
    this.rows = rows;
    const most = (of, least = 0) => rows.reduce((max, row) => Math.max(max, of(row).length), least);
    const name = most((row) => row.connection);
    const { character, clock, lane, laneMin } = ladderSizes;
    this.peer = clock + 26 + (name === 0 ? 0 : (name + 1) * character);
    const label = Math.max(most(segmentWords), ...rows.flatMap((row) => row.notes.map((note) => note.length)), 0);
    this.stack = this.peer + Math.min(lane, Math.max(laneMin, label * character + 60));
    this.width = this.stack + 18 + most(stackWords, 12) * character;
    this.letters = Math.floor((this.stack - this.peer - 44) / character);
    this.back = svgNode('g', {});
    this.front = svgNode('g', {});
    this.state = '';
    this.stateTop = 28;
    this.shade = 0;
    this.lastClock = '';
    this.y = 46;
  }

  draw() {
    this.write(this.peer, 18, 'peer', 'end-name', 'middle');
    this.write(this.stack, 18, 'stack', 'end-name', 'middle');
    for (const row of this.rows) this.drawRow(row);
    this.y += 8;
    this.closeState(this.y);
    this.back.append(svgNode('line', { x1: this.peer, y1: 28, x2: this.peer, y2: this.y, class: 'life' }));
    return svgNode('svg', {
      viewBox: `0 0 ${Math.ceil(this.width)} ${Math.ceil(this.y + 6)}`, width: Math.ceil(this.width),
      height: Math.ceil(this.y + 6), class: 'ladder', 'aria-hidden': 'true', focusable: 'false',
    }, this.back, this.front);
  }

  write(x, y, words, kind, anchor = 'start') {
    this.front.append(svgNode('text', { x, y, class: kind, 'text-anchor': anchor }, words));
  }

  /** The stack's side is shaded anew with each of its states. */
  closeState(bottom) {
    this.back.append(svgNode('rect', {
      x: this.stack - 2.5, y: this.stateTop, width: 5, height: Math.max(0, bottom - this.stateTop),
      class: `state-${this.state === '' ? 'none' : this.shade % 2}`,
    }));
    this.stateTop = bottom;
  }

  enterState(row, at) {
    if (row.state === '') return;
    this.closeState(at);
    this.state = row.state;
    this.shade += 1;
    if (row.kind !== 'call') this.write(this.stack + 12, at + 4, row.state, 'state');
  }

  drawRow(row) {
    const top = this.y;
    const at = this.drawBody(row);
    if (row.clock !== '' && row.clock !== this.lastClock) {
      this.write(ladderSizes.clock, at + 4, row.clock, 'clock', 'end');
      this.lastClock = row.clock;
    }
    if (row.connection !== '') this.write(ladderSizes.clock + 14, at + 4, row.connection, 'name');
    for (const note of row.notes) this.drawNote(note, row.violated);
    if (!row.violated) return;
    this.back.append(svgNode('rect', { x: 0, y: top - 4, width: this.width, height: this.y - top + 4, rx: 4, class: 'wrong-band' }));
    this.write(4, at + 4, '✗', 'wrong-mark');
  }

  /** Draws what happened and answers at which height. */
  drawBody(row) {
    if (row.kind === 'to-stack' || row.kind === 'from-stack') return this.drawPacket(row);
    if (row.kind === 'wait' || row.kind === 'gap') return this.drawPause(row);
    if (row.kind === 'remark') return this.y + 4;
    const at = this.y + 8;
    this.y += 22;
    if (row.kind === 'call') {
      this.front.append(svgNode('circle', { cx: this.stack, cy: at, r: 4, class: 'call-dot' }));
      this.write(this.stack + 12, at + 4, stackWords(row), 'call');
    }
    this.enterState(row, at);
    return at;
  }

  drawPacket(row) {
    const lines = wrapped(segmentWords(row), this.letters);
    for (const line of lines) {
      this.y += ladderSizes.line;
      this.write(this.peer + ladderSizes.lead, this.y - 6, line, row.violated ? 'segment wrong' : 'segment');
    }
    const at = this.y;
    const right = row.kind === 'to-stack';
    const from = right ? this.peer + 1 : this.stack - 4;
    const whole = right ? this.stack - 4 : this.peer + 1;
    const to = row.lost ? from + (whole - from) * 0.82 : whole;
    const way = right ? -1 : 1;
    const kind = `arrow${row.violated ? ' wrong' : ''}${row.lost ? ' lost' : ''}`;
    this.front.append(svgNode('line', { x1: from, y1: at, x2: row.lost ? to : to + way * 6, y2: at, class: kind }));
    this.front.append(row.lost
      ? svgNode('path', { d: `M${to - 5} ${at - 5}l10 10m0 -10l-10 10`, class: kind })
      : svgNode('path', { d: `M${to} ${at}l${way * 9} -4.5v9z`, class: `head ${row.violated ? 'wrong' : ''}` }));
    this.enterState(row, at);
    this.y += 10;
    return at;
  }

  drawPause(row) {
    const at = this.y + 12;
    for (const x of [this.peer, this.stack]) {
      this.front.append(svgNode('line', { x1: x, y1: this.y + 1, x2: x, y2: this.y + 23, class: row.violated ? 'pause wrong' : 'pause' }));
    }
    this.write((this.peer + this.stack) / 2, at + 4, row.words, 'pass', 'middle');
    this.y += 28;
    this.enterState(row, at);
    return at;
  }

  drawNote(note, violated) {
    for (const line of wrapped(note, this.letters)) {
      this.write(this.peer + ladderSizes.lead, this.y + 8, line, violated ? 'note wrong' : 'note');
      this.y += ladderSizes.line;
    }
    this.y += 2;
  }
}

/** What the drawing shows, for those who do not see it. */
function ladderTable(rows) {
  const who = { 'to-stack': 'peer to stack', 'from-stack': 'stack to peer', call: 'user call', wait: 'time', gap: 'left out' };
  const body = rows.map((row) => make('tr', {},
    make('td', {}, row.clock), make('td', {}, row.connection === '' ? who[row.kind] : `${row.connection}: ${who[row.kind] ?? ''}`),
    make('td', {}, row.kind === 'call' ? stackWords(row) : segmentWords(row)), make('td', {}, row.state),
    make('td', {}, [row.violated ? 'violated' : '', ...row.notes].filter((part) => part !== '').join('; '))));
  const head = ['time', 'who', 'what', 'state from here', 'remarks'].map((name) => make('th', { scope: 'col' }, name));
  return make('div', { class: 'unseen' }, make('table', {}, make('caption', {}, 'The exchange, row by row'),
    make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...body)));
}

/** The figure of a play. */
function ladderFigure(play) {
  if (play.ladder < 0) return make('p', { class: 'lead' }, 'Nothing was exchanged.');
  const rows = ladderRows(play.ladder);
  const scroll = make('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': `Ladder of ${play.id}` },
    new Ladder(rows).draw());
  return make('figure', {}, scroll, ladderTable(rows));
}
