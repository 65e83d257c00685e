// What opens: a play with its ladder, a scenario with its instances.

const pair = (label, ...content) => [make('dt', {}, label), make('dd', {}, ...content)];
const code = (words) => make('code', {}, words);

function requirementLink(id) {
  const known = document.getElementById(`r-${id}`) !== null;
  return known ? make('a', { href: `#view=requirements&open=${encodeURIComponent(id)}` }, id) : id;
}

/** Each rule once, with what it found first. */
function violationPairs(play) {
  const rules = new Map();
  for (const violation of play.violations) {
    const key = `${violation.rule} ${violation.requirement}`;
    if (rules.has(key)) rules.get(key).more += 1;
    else rules.set(key, { ...violation, more: 0 });
  }
  return [...rules.values()].flatMap((one) => pair(
    one.level === 'MAY' ? 'notes' : 'violates',
    requirementLink(one.requirement), ` (${one.level}), ${one.citation}`,
    // What the steps saw stands above, in full.
    ...(one.rule === 'scenario' && play.difference ? [] : [`: ${one.message} `,
      make('span', { class: 'dim' }, `[${one.rule}]${one.more > 0 ? ` and ${one.more} more` : ''}`)])));
}

function copyButton(words) {
  if (!navigator.clipboard) return null;
  const button = make('button', { type: 'button', class: 'small' }, 'Copy');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(words);
    button.textContent = 'Copied';
  });
  return button;
}

function playPanel(play) {
  const list = make('dl', {});
  const { difference } = play;
  if (difference) {
    list.append(...pair('step', code(difference.step), ' ', make('span', { class: 'dim' }, difference.place)));
    list.append(...pair('expected', make('code', { class: 'good' }, difference.expected)));
    list.append(...pair('actual', make('code', { class: 'bad' }, difference.actual)));
  } else if (play.reason !== '') {
    list.append(...pair('reason', play.reason));
  }
  list.append(...violationPairs(play));
  for (const excuse of play.excuses) list.append(...pair('known', excuse));
  const capture = captureOf(play);
  const panel = make('div', { class: 'play' },
    make('p', { class: 'play-title' }, badge(play.verdict), ' ', code(play.id), targets.length > 1 ? ` on ${targets[play.target].name}` : ''));
  if (list.childElementCount > 0) panel.append(list);
  panel.append(ladderFigure(play));
  panel.append(make('dl', {}, ...pair('replay', make('code', { class: 'replay' }, play.replay), ' ', copyButton(play.replay)),
    ...(capture === null ? [] : pair('capture', make('a', { href: capture, download: true }, 'pcapng'), ' for Wireshark'))));
  return panel;
}

/** The instance that somebody should look at first. */
function mostTelling(scenario) {
  let best = null;
  for (let target = 0; target < targets.length; target += 1) {
    for (let instance = 0; instance < scenario.instances.length; instance += 1) {
      const verdict = verdictAt(scenario, target, instance);
      if (verdict === null) continue;
      const rank = gravity.indexOf(verdict);
      if (best === null || rank < best.rank) best = { target, instance, rank };
    }
  }
  return best;
}

/** Instances to choose from, a row of buttons a stack, above the play that is chosen. */
class ScenarioPanel {
  constructor(scenario) {
    this.scenario = scenario;
    this.slot = make('div', { 'aria-live': 'off' });
    this.buttons = new Map();
    this.element = make('div', { class: 'instances' });
    targets.forEach((target, t) => this.element.append(this.strip(target, t)));
    this.element.append(this.slot);
  }

  strip(target, t) {
    const strip = make('div', { class: 'strip', role: 'group', 'aria-label': `Instances on ${target.name}` });
    if (targets.length > 1) strip.append(make('span', { class: 'strip-name' }, target.name));
    this.scenario.instances.forEach((suffix, i) => {
      const verdict = verdictAt(this.scenario, t, i);
      if (verdict === null) return;
      const words = suffix === '' ? 'the only one' : suffix.slice(1, -1);
      const button = make('button', { type: 'button', class: `v ${verdict}`, 'aria-pressed': 'false', 'aria-label': `${words}: ${verdict}` },
        make('b', { 'aria-hidden': 'true' }, signs[verdict]), ` ${words}`);
      button.addEventListener('click', () => this.choose(t, i));
      this.buttons.set(`${t} ${i}`, button);
      strip.append(button);
    });
    return strip;
  }

  choose(target, instance) {
    for (const [key, button] of this.buttons) button.setAttribute('aria-pressed', String(key === `${target} ${instance}`));
    this.slot.replaceChildren(playPanel(playOf(this.scenario, target, instance)));
  }
}

const tallyBadges = (scenario, target) =>
  tallyOf(scenario, target).map(([verdict, count]) => make('span', { class: `v ${verdict}`, title: `${count} ${verdict}` },
    make('b', { 'aria-hidden': 'true' }, signs[verdict]), ` ${count}`, make('span', { class: 'unseen' }, ` ${verdict}`)));

/** A scenario as one line that opens; `chosen` is the instance to show. */
function scenarioLine(scenario, chosen = null) {
  const counts = targets.map((target, t) => make('span', { class: 'tally' },
    targets.length > 1 ? make('span', { class: 'dim' }, target.name) : null, ...tallyBadges(scenario, t)));
  const line = make('details', { class: 'scenario' },
    make('summary', {}, make('span', { class: 'claim' }, scenario.claim), code(scenario.id), ...counts));
  const fill = () => {
    if (line.childElementCount > 1) return;
    const panel = new ScenarioPanel(scenario);
    line.append(panel.element);
    const first = chosen ?? mostTelling(scenario);
    if (first !== null) panel.choose(first.target, first.instance);
  };
  line.addEventListener('toggle', () => { if (line.open) fill(); });
  line.fill = fill;
  return line;
}

function scenarioLines(title, lines) {
  if (lines.length === 0) return [];
  return [make('h4', {}, `${title} `, make('span', { class: 'count' }, String(lines.length))),
    make('div', { class: 'lines' }, ...lines.map((scenario) => scenarioLine(scenario)))];
}

/** What stands below a requirement's row. */
function requirementPanel(row) {
  const [id, [condition, stimulus, expected, notes, untestable, rules, reasons]] = data.requirements[row];
  const list = make('dl', {});
  const add = (label, words) => { if (words !== '') list.append(...pair(label, words)); };
  add('binds', condition);
  add('do', stimulus);
  add('see', expected);
  add('note', notes);
  add('untestable', untestable);
  reasons.forEach((reason, t) => add(targets.length > 1 ? targets[t].name : 'reason', reason));
  if (rules.length > 0) list.append(...pair(rules.length > 1 ? 'rules' : 'rule', rules.join(', ')));
  const { violated, covering } = evidence(id);
  const others = [...covering].filter((scenario) => !violated.has(scenario));
  const panel = make('div', { class: 'panel' });
  if (list.childElementCount > 0) panel.append(list);
  panel.append(...scenarioLines('Shown violated by', [...violated]), ...scenarioLines('Covered by', others));
  return panel;
}
