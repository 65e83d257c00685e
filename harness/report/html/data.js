'use strict';
// What write_html_data() wrote, with the names that the rest of the script uses.

const data = JSON.parse(document.getElementById('data').textContent);
const text = (number) => data.strings[number] ?? '';

const verdicts = data.verdicts.map(([name, sign]) => ({ name, sign }));
const signs = Object.fromEntries(data.verdicts);
// The worst first: what somebody should look at.
const gravity = ['error', 'fail', 'xpass', 'warn', 'xfail', 'inconclusive', 'unsupported', 'pass'];
const failing = new Set(['error', 'fail', 'xpass', 'warn']);

const targets = data.targets.map(([name, version, replayEnd, captures]) =>
  ({ name, version, replayEnd, captures }));

const scenarios = data.scenarios.map(([id, file, claim, covers, instances, plays]) =>
  ({ id, file, claim, covers, instances, plays, words: `${id} ${claim} ${covers.join(' ')}`.toLowerCase() }));
const instanceById = new Map(scenarios.flatMap((scenario) => [[scenario.id, { scenario, instance: -1 }],
  ...scenario.instances.map((suffix, instance) => [scenario.id + suffix, { scenario, instance }])]));

/** The scenario of an id, and which of its instances it names: -1 where none. */
const instanceOf = (id) => instanceById.get(id) ?? null;

const rowKinds = ['to-stack', 'from-stack', 'call', 'state', 'wait', 'gap', 'remark'];

/** The rows of a ladder by its number. */
function ladderRows(number) {
  return data.ladders[number].map((row) => {
    const [kind, clock, flags, words, answer, oddity, state, connection, ...notes] = data.rows[row];
    return {
      kind: rowKinds[kind], clock: text(clock), lost: (flags & 1) !== 0, violated: (flags & 2) !== 0,
      words: text(words), answer: text(answer), oddity: text(oddity), state: text(state),
      connection: text(connection), notes: notes.map(text),
    };
  });
}

/** One instance on one stack; null where it was not played. */
function playOf(scenario, target, instance) {
  const play = scenario.plays[target][instance];
  if (play === null) return null;
  const [verdict, ladder, more = {}] = play;
  const { name } = verdicts[verdict];
  const usual = `tcprove run '${scenario.file}${scenario.instances[instance]}'${targets[target].replayEnd}`;
  const step = more.d?.map(text);
  return {
    scenario, target, instance, ladder,
    verdict: name,
    id: scenario.id + scenario.instances[instance],
    reason: text(more.r),
    difference: step && { step: step[0], expected: step[1], actual: step[2], place: step[3] },
    violations: (more.v ?? []).map((one) => {
      const [requirement, level, citation, rule, message, place] = one.map(text);
      return { requirement, level, citation, rule, message, place };
    }),
    excuses: (more.x ?? []).map(text),
    replay: more.c === undefined ? usual : text(more.c),
  };
}

const verdictAt = (scenario, target, instance) => {
  const play = scenario.plays[target][instance];
  return play === null ? null : verdicts[play[0]].name;
};

/** How many instances came to which verdict on a stack, the gravest first. */
function tallyOf(scenario, target) {
  const counts = new Map();
  for (const play of scenario.plays[target]) {
    if (play !== null) counts.set(verdicts[play[0]].name, (counts.get(verdicts[play[0]].name) ?? 0) + 1);
  }
  return gravity.filter((name) => counts.has(name)).map((name) => [name, counts.get(name)]);
}

/** The verdict of a scenario as a whole: its gravest. */
const gravest = (scenario, target) => tallyOf(scenario, target)[0]?.[0] ?? null;

/** Requirement → the scenarios that show it violated, and those that cover it. */
const evidence = (() => {
  const all = new Map();
  const of = (id) => all.get(id) ?? all.set(id, { violated: new Set(), covering: new Set() }).get(id);
  for (const scenario of scenarios) {
    for (const id of scenario.covers) of(id).covering.add(scenario);
    for (const plays of scenario.plays) {
      for (const play of plays) {
        // What did not hold without saying of which requirement speaks against all that it covers.
        if (play?.[2]?.u) for (const id of scenario.covers) of(id).violated.add(scenario);
        for (const [id, level] of play?.[2]?.v ?? []) {
          if (text(level) !== 'MAY') of(text(id)).violated.add(scenario);
        }
      }
    }
  }
  return (id) => all.get(id) ?? { violated: new Set(), covering: new Set() };
})();

/** Where the capture of a play lies, or nothing; as capture_path() names it. */
function captureOf(play) {
  const { captures } = targets[play.target];
  if (captures === '' || play.ladder < 0) return null;
  const parts = play.id.split('/').filter((part) => part !== '' && part !== '.');
  return captures + parts.map((part) => (part === '..' ? '_' : encodeURIComponent(part))).join('/') + '.pcapng';
}

/** An element; content is text unless it is a node. */
function make(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...content.filter((part) => part !== null && part !== undefined && part !== ''));
  return element;
}

const badge = (verdict, words = verdict) =>
  make('span', { class: `v ${verdict}` }, make('b', { 'aria-hidden': 'true' }, signs[verdict] ?? '·'), ` ${words}`);
