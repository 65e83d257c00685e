// The three tables: requirements, scenarios by folder, states by events.

/** Opens `build()` in a row below `row`, or closes it again. */
function toggleBelow(row, button, build) {
  const next = row.nextElementSibling;
  if (next?.classList.contains('below')) {
    next.remove();
    button.setAttribute('aria-expanded', 'false');
    return;
  }
  const cell = make('td', { colspan: String(row.cells.length) }, build());
  row.after(make('tr', { class: 'below' }, cell));
  button.setAttribute('aria-expanded', 'true');
}

/** The matrix that is there already, read and made to open. */
class RequirementView {
  constructor(section) {
    this.section = section;
    this.bodies = [...section.querySelectorAll('tbody')];
    this.rows = this.bodies.flatMap((body) => [...body.querySelectorAll('tr[data-r]')].map((row) => this.read(row, body)));
  }

  read(row, body) {
    const [name, level, section, what, ...cells] = row.cells;
    const id = name.textContent;
    const button = make('button', { type: 'button', class: 'open', 'aria-expanded': 'false' }, id);
    const index = Number(row.dataset.r);
    const toggle = () => toggleBelow(row, button, () => requirementPanel(index));
    button.addEventListener('click', toggle);
    row.addEventListener('click', (event) => { if (!event.target.closest('button, a') && String(getSelection()) === '') toggle(); });
    name.replaceChildren(button);
    const shown = cells.map((cell) => cell.querySelector('.v').classList[1]);
    const words = `${id} ${level.textContent} ${body.dataset.chapter} ${section.textContent} ${what.textContent} ${data.requirements[index][1][5].join(' ')}`;
    return { id, row, body, button, toggle, level: level.textContent, chapter: body.dataset.chapter, shown, words: words.toLowerCase() };
  }

  /** Hides what does not go with `filter` and answers how many do. */
  show(filter) {
    let count = 0;
    for (const one of this.rows) {
      const fits = filter.fits(one.words, [one.chapter], [one.level], one.shown);
      one.row.hidden = !fits;
      const below = one.row.nextElementSibling;
      if (below?.classList.contains('below')) below.hidden = !fits;
      count += fits ? 1 : 0;
    }
    for (const body of this.bodies) body.hidden = !body.querySelector('tr[data-r]:not([hidden])');
    return { count, of: this.rows.length };
  }

  open(id) {
    const one = this.rows.find((row) => row.id === id);
    if (one === undefined) return;
    if (one.button.getAttribute('aria-expanded') === 'false') one.toggle();
    one.row.scrollIntoView({ block: 'center' });
    one.button.focus({ preventScroll: true });
  }
}

/** All scenarios by folder; lines are made when a folder opens. */
class ScenarioView {
  constructor(section, requirements) {
    this.groups = section.querySelector('.groups');
    const place = new Map(requirements.rows.map((one) => [one.id, one]));
    this.lines = scenarios.map((scenario) => {
      const covers = scenario.covers.map((id) => place.get(id)).filter((one) => one !== undefined);
      return {
        scenario, chapters: covers.map((one) => one.chapter), levels: covers.map((one) => one.level),
        verdicts: [...new Set(targets.flatMap((_, t) => tallyOf(scenario, t).map(([name]) => name)))],
      };
    });
  }

  show(filter) {
    const folders = new Map();
    let count = 0;
    for (const line of this.lines) {
      const { scenario } = line;
      if (!filter.fits(scenario.words, line.chapters, line.levels, line.verdicts)) continue;
      count += 1;
      const folder = scenario.id.split('/').slice(0, -1).slice(0, 2).join('/') || '.';
      if (!folders.has(folder)) folders.set(folder, []);
      folders.get(folder).push(scenario);
    }
    const open = count <= 60;
    this.groups.replaceChildren(...[...folders].map(([name, members]) => this.folder(name, members, open)));
    return { count, of: this.lines.length };
  }

  folder(name, members, open) {
    const counts = targets.map((target, t) => {
      const sums = new Map();
      for (const scenario of members) {
        for (const [verdict, n] of tallyOf(scenario, t)) sums.set(verdict, (sums.get(verdict) ?? 0) + n);
      }
      return make('span', { class: 'tally' }, targets.length > 1 ? make('span', { class: 'dim' }, target.name) : null,
        ...gravity.filter((verdict) => sums.has(verdict)).map((verdict) => make('span', { class: `v ${verdict}` },
          make('b', { 'aria-hidden': 'true' }, signs[verdict]), ` ${sums.get(verdict)}`, make('span', { class: 'unseen' }, ` ${verdict}`))));
    });
    const group = make('details', { class: 'group' },
      make('summary', {}, make('h3', {}, name), make('span', { class: 'dim' }, `${members.length}`), ...counts));
    const fill = () => {
      if (group.childElementCount === 1) group.append(make('div', { class: 'lines' }, ...members.map((one) => scenarioLine(one))));
    };
    group.addEventListener('toggle', () => { if (group.open) fill(); });
    if (open) {
      fill();
      group.open = true;
    }
    return group;
  }

  /** Opens the scenario `id`, or that instance of one, on the stack number `target`. */
  open(id, target) {
    const { scenario, instance } = instanceOf(id) ?? {};
    if (scenario === undefined) return;
    const chosen = instance >= 0 && verdictAt(scenario, target, instance) !== null ? { target, instance } : null;
    const line = scenarioLine(scenario, chosen);
    line.open = true;
    line.fill();
    this.groups.prepend(line);
    line.querySelector('summary').focus();
  }
}

/** The state × event table of RFC 9293 section 3.10.7, as far as scenarios play it. */
class StateView {
  constructor(section) {
    this.table = section.querySelector('table');
    this.cells = new Map();
    this.states = [];
    this.events = [];
    for (const scenario of scenarios) {
      const [room, state, event, more] = scenario.id.split('/');
      if (room !== 'state-event' || event === undefined || more !== undefined) continue;
      if (!this.states.includes(state)) this.states.push(state);
      if (!this.events.includes(event)) this.events.push(event);
      this.cells.set(`${state}/${event}`, scenario);
    }
    const known = ['CLOSED', 'LISTEN', 'SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'];
    this.states.sort((a, b) => known.indexOf(a) - known.indexOf(b));
    this.events.sort();
    section.querySelector('.empty').hidden = this.cells.size > 0;
  }

  show(filter) {
    let count = 0;
    const rows = this.events.map((event) => {
      const row = make('tr', {}, make('th', { scope: 'row' }, event));
      for (const state of this.states) {
        const scenario = this.cells.get(`${state}/${event}`);
        const cell = make('td', {});
        if (scenario !== undefined) {
          const all = targets.flatMap((_, t) => tallyOf(scenario, t).map(([name]) => name));
          const fits = filter.fits(scenario.words, filter.section === '' ? [] : null, filter.level === '' ? [] : null, all);
          count += fits ? 1 : 0;
          cell.append(this.button(row, scenario, state, event, fits));
        }
        row.append(cell);
      }
      return row;
    });
    this.table.replaceChildren(
      make('caption', { class: 'unseen' }, 'The gravest verdict of each cell, by stack'),
      make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, 'event'), ...this.states.map((state) => make('th', { scope: 'col' }, state)))),
      make('tbody', {}, ...rows));
    return { count, of: this.cells.size };
  }

  button(row, scenario, state, event, fits) {
    const found = targets.map((target, t) => [target.name, gravest(scenario, t)]).filter(([, verdict]) => verdict !== null);
    const label = `${state}, ${event}: ${found.map(([name, verdict]) => (targets.length > 1 ? `${name} ${verdict}` : verdict)).join(', ')}`;
    const button = make('button', { type: 'button', class: fits ? 'cell' : 'cell faint', 'aria-expanded': 'false', 'aria-label': label, title: label },
      ...found.map(([, verdict]) => make('span', { class: `v ${verdict}`, 'aria-hidden': 'true' }, make('b', {}, signs[verdict]))));
    button.addEventListener('click', () => this.toggle(row, button, scenario));
    return button;
  }

  toggle(row, button, scenario) {
    const was = button.getAttribute('aria-expanded') === 'true';
    for (const other of row.querySelectorAll('button')) other.setAttribute('aria-expanded', 'false');
    if (row.nextElementSibling?.classList.contains('below')) row.nextElementSibling.remove();
    if (was) return;
    toggleBelow(row, button, () => {
      const line = scenarioLine(scenario);
      line.open = true;
      line.fill();
      return line;
    });
  }
}
