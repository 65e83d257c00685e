// Filters, views, and the address that names both: #view=scenarios&verdict=fail&q=window&open=ID.

/** What the bar's fields say. */
class Filter {
  constructor(form) {
    this.words = form.q.value.toLowerCase().split(/\s+/).filter((word) => word !== '');
    this.section = form.section.value;
    this.level = form.level.value;
    this.verdict = form.verdict.value;
    this.failures = form.failures.checked;
  }

  /** Whether something with these words, chapters, levels and verdicts is wanted. */
  fits(words, chapters, levels, shown) {
    return this.words.every((word) => words.includes(word)) &&
      (this.section === '' || (chapters ?? [this.section]).includes(this.section)) &&
      (this.level === '' || (levels ?? [this.level]).includes(this.level)) &&
      (this.verdict === '' || shown.includes(this.verdict)) &&
      (!this.failures || shown.some((verdict) => failing.has(verdict)));
  }
}

class Page {
  constructor() {
    this.form = document.getElementById('bar');
    this.sections = [...document.querySelectorAll('main > section')];
    const requirements = new RequirementView(document.getElementById('requirements'));
    this.views = {
      requirements,
      scenarios: new ScenarioView(document.getElementById('scenarios'), requirements),
      states: new StateView(document.getElementById('states')),
    };
    this.first = document.querySelector('#failures article, #failures .stale') === null ? 'requirements' : 'failures';
    this.fillChoices(requirements);
    this.drawFailures();
    this.form.hidden = false;
    this.form.addEventListener('submit', (event) => event.preventDefault());
    this.form.addEventListener('input', () => this.change());
    this.form.addEventListener('reset', () => setTimeout(() => this.change()));
    for (const button of this.form.querySelectorAll('button[data-view]')) {
      button.addEventListener('click', () => {
        this.view = button.dataset.view;
        this.change();
      });
    }
    addEventListener('hashchange', () => this.follow());
    const bar = () => document.documentElement.style.setProperty('--bar', `${this.form.offsetHeight}px`);
    new ResizeObserver(bar).observe(this.form);
    this.follow();
  }

  fillChoices(requirements) {
    const add = (select, values) => {
      for (const [value, words] of values) select.append(make('option', { value }, words));
    };
    add(this.form.section, requirements.bodies.map((body) => {
      const { chapter, title } = body.dataset;
      return [chapter, title === '' ? chapter : `${chapter} · ${title}`];
    }));
    const levels = [...new Set(requirements.rows.map((one) => one.level))];
    add(this.form.level, levels.map((level) => [level, level]));
    const present = new Set([...requirements.rows.flatMap((one) => one.shown),
      ...this.views.scenarios.lines.flatMap((line) => line.verdicts)]);
    const all = [...gravity, 'not-applicable', 'untested'];
    add(this.form.verdict, all.filter((name) => present.has(name)).map((name) => [name, name]));
  }

  /** The documents that are there without a script become ladders. */
  drawFailures() {
    for (const article of document.querySelectorAll('#failures article')) {
      const target = targets.findIndex((one) => one.name === article.dataset.target);
      const found = instanceOf(article.dataset.id);
      if (found === null || found.instance < 0 || target < 0) continue;
      const panel = playPanel(playOf(found.scenario, target, found.instance));
      panel.querySelector('.play-title').remove();
      article.querySelector('pre').replaceWith(panel);
    }
  }

  /** Sets everything as the address says. */
  follow() {
    const address = new URLSearchParams(location.hash.slice(1));
    if (location.hash === '#requirements') address.set('view', 'requirements');
    this.view = address.get('view') ?? this.first;
    for (const name of ['q', 'section', 'level', 'verdict']) this.form[name].value = address.get(name) ?? '';
    this.form.failures.checked = address.has('failures');
    this.show();
    const open = address.get('open');
    if (open === null) return;
    if (this.view === 'requirements') this.views.requirements.open(open);
    if (this.view !== 'scenarios') return;
    const on = targets.findIndex((target) => target.name === address.get('on'));
    this.views.scenarios.open(open, Math.max(0, on));
  }

  /** Writes the address as the bar says. */
  change() {
    const address = new URLSearchParams();
    if (this.view !== this.first) address.set('view', this.view);
    for (const name of ['q', 'section', 'level', 'verdict']) {
      if (this.form[name].value !== '') address.set(name, this.form[name].value);
    }
    if (this.form.failures.checked) address.set('failures', '');
    const words = address.toString();
    history.replaceState(null, '', words === '' ? location.pathname + location.search : `#${words}`);
    this.show();
  }

  show() {
    if (this.views[this.view] === undefined && this.view !== 'failures') this.view = this.first;
    for (const section of this.sections) section.hidden = section.dataset.view !== this.view;
    for (const button of this.form.querySelectorAll('button[data-view]')) {
      button.setAttribute('aria-pressed', String(button.dataset.view === this.view));
    }
    this.form.dataset.view = this.view;
    const shown = document.getElementById('shown');
    const view = this.views[this.view];
    if (view === undefined) {
      shown.textContent = '';
      return;
    }
    const { count, of } = view.show(new Filter(this.form));
    shown.textContent = count === of ? `all ${of}` : `${count} of ${of}`;
    const empty = document.querySelector(`#${this.view} > .empty`);
    empty.hidden = count > 0 || (this.view === 'states' && of > 0);
  }
}

new Page();
