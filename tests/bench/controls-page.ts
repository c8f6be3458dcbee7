/** Runs in Chromium, in a page that holds the platform's React and Fluent and the built controls: what is asked of controls-in-chromium.ts. */
import { fakeWebApi } from '../controls/platform/fake-web-api';
import type { Row, Tables } from '../controls/platform/rows';
import { type Cells, type Held, fakeDataSet, hostFormatting, mapping } from '../controls/portfolio/fake-data-set';
import { watchCommits } from './watch-commits';

interface Control {
  init(context: unknown, changed: () => void, state: unknown, place: HTMLElement): void;
  updateView(context: unknown): unknown;
  destroy(): void;
}

/** What Node hands over: all that is not a function. */
export interface Given {
  /** the control's resx file */
  readonly resx: string;
  readonly tables: Tables;
  readonly table: string;
  readonly recordId: string;
  readonly userSettings: object;
  readonly offsetMinutes: number;
  /** rows of its view; null: the control stands on a form */
  readonly viewRows: number | null;
  /** content is every row of the view, not the first of them and the sums */
  readonly everyRow: boolean;
}

/** How a control is spoiled, so that what looks for leaks is seen to find them. */
export type Spoiled = 'listener' | 'timer' | 'element';

/** What came of handing a control the rows that it has. */
export interface SameRows {
  /** milliseconds of each update */
  readonly took: number[];
  /** components that the updates have rendered beyond the one that is handed the rows */
  readonly rendered: number;
  /** changes that the updates have made to the page */
  readonly changes: number;
  /** components on the page */
  readonly components: number;
}

interface PageWindow extends Window {
  readonly ReactDOM: {
    render(element: unknown, place: Element): void;
    unmountComponentAtNode(place: Element): boolean;
  };
  readonly React: { createElement(type: string): unknown };
  readonly registered: Readonly<Record<string, new () => Control>>;
  measured: object;
}

// The page defines what its first scripts put on the window.
const page = window as unknown as PageWindow;

function contextOf({ resx, tables, table, recordId, userSettings, offsetMinutes }: Given): object {
  const entries = new DOMParser().parseFromString(resx, 'application/xml').querySelectorAll('data');
  const texts = new Map([...entries].map((entry) => [entry.getAttribute('name'), entry.textContent?.trim()]));
  const bound = { raw: null, security: { readable: true, editable: true, secured: false } };
  return {
    mode: {
      allocatedWidth: 640,
      isControlDisabled: false,
      contextInfo: { entityId: recordId, entityTypeName: table },
      trackContainerResize: () => undefined,
    },
    parameters: {
      ...{ projectBudget: bound, budgetStatus: bound, approvalStatus: bound, projectKey: bound, issueKey: bound },
      records: fakeDataSet({ asked: [], selected: [], rows: [] }),
    },
    resources: { getString: (key: string) => texts.get(key) ?? key },
    userSettings: { ...userSettings, getTimeZoneOffsetMinutes: () => offsetMinutes },
    utils: { hasEntityPrivilege: () => true },
    client: { isOffline: () => false },
    navigation: {},
    webAPI: fakeWebApi(tables).api,
  };
}

/** Settles when the page has changed and shows what is wanted. */
function shows(place: Element, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!place.querySelector(wanted)) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(place, { subtree: true, childList: true, attributes: true });
    look();
  });
}

/** A form's control is busy while it reads; a view's has its first rows at once and its sums when it knows the currencies. */
function contentOf({ viewRows, everyRow }: Given): string {
  if (viewRows === null) return 'section.crmjira[aria-busy="false"]';
  return everyRow ? `section.crmjira tbody > tr:nth-child(${String(viewRows)})` : 'section.crmjira tfoot > tr';
}

async function cycle(place: Element, wanted: string, mount: () => () => void): Promise<number> {
  const began = performance.now();
  const leave = mount();
  await shows(place, wanted);
  // Asking where it stands has the browser lay it out, as it does before it paints.
  place.getBoundingClientRect();
  const took = performance.now() - began;
  if (place.textContent?.includes('could not be read'))
    throw new Error(`the control has not found its rows: ${place.textContent}`);
  page.ReactDOM.unmountComponentAtNode(place);
  leave();
  return took;
}

function newPlace(): HTMLElement {
  return document.body.appendChild(document.createElement('div'));
}

function classOf(name: string): new () => Control {
  const found = page.registered[name];
  if (!found) throw new Error(`${name} has not registered itself`);
  return found;
}

const idOf = (index: number): string => `0000${String(index).padStart(4, '0')}-0000-4000-8000-000000000000`;

/** Running projects, each with work that is left. */
function viewRows(from: number, to: number): Cells[] {
  return Array.from({ length: to - from }, (_, at) => {
    const index = from + at;
    const share = index % 110;
    return mapping(idOf(index), `Project ${String(index)}`, {
      crmjira_utilization: share,
      crmjira_spent_amount: share * 2_500,
      crmjira_remaining_budget: 250_000 - share * 2_500,
    });
  });
}

const CURRENCY: Row = {
  transactioncurrencyid: 'cad00000-0000-4000-8000-000000000001',
  isocurrencycode: 'CAD',
  currencysymbol: '$',
};
const estimateOf = ({ id }: Cells): Row => ({
  crmjira_budget_mappingid: id,
  crmjira_budget_mapping_budget_snapshot: [{ crmjira_remaining_estimate_hours: 210, crmjira_done_fraction: 0.82 }],
});

/** The context of a control of a view, and what its data set keeps. */
function onView(given: Given): { readonly context: object; readonly held: Held } {
  const held: Held = { asked: [], selected: [], rows: viewRows(0, given.viewRows ?? 0) };
  const tables: Tables = {
    transactioncurrency: [CURRENCY],
    // what is asked for with any of the pages
    crmjira_budget_mapping: viewRows(0, 1_000).map(estimateOf),
    crmjira_command: [],
  };
  const context = {
    ...contextOf({ ...given, tables }),
    parameters: { mappings: fakeDataSet(held) },
    formatting: hostFormatting,
  };
  return { context, held };
}

const contextFor = (given: Given): object => (given.viewRows === null ? contextOf(given) : onView(given).context);

/** Things that a control may forget to give back: what a spoiled one keeps. */
const kept: unknown[] = [];
function spoil(how: Spoiled, place: HTMLElement): void {
  const keeps = { rows: new Array<number>(100).fill(0), drawn: place.firstElementChild };
  if (how === 'listener') document.addEventListener('visibilitychange', () => void kept.push(keeps));
  if (how === 'timer') setInterval(() => void kept.push(keeps), 3_600_000);
  if (how === 'element') kept.push(keeps.drawn);
}

/** A control on the page, for as long as it is looked at. */
function putOn(name: string, context: object) {
  const place = newPlace();
  const control = new (classOf(name))();
  control.init(context, () => undefined, {}, place);
  return {
    place,
    draw: (): void => page.ReactDOM.render(control.updateView(context), place),
    leave: (): void => {
      page.ReactDOM.unmountComponentAtNode(place);
      control.destroy();
      place.remove();
    },
  };
}

page.measured = {
  /** Times on and off the page. @returns milliseconds of each */
  control: async (name: string, given: Given, times: number, spoiled: Spoiled | null = null): Promise<number[]> => {
    const context = contextFor(given);
    const Control = classOf(name);
    const place = newPlace();
    const took: number[] = [];
    for (let n = 0; n < times; n += 1) {
      const mount = (): (() => void) => {
        const control = new Control();
        control.init(context, () => undefined, {}, place);
        page.ReactDOM.render(control.updateView(context), place);
        if (spoiled !== null) spoil(spoiled, place);
        return () => control.destroy();
      };
      took.push(await cycle(place, contentOf(given), mount));
    }
    place.remove();
    return took;
  },
  /** "Load more": what the last page of the view takes once it is there, page by page up to the rows given. */
  more: async (name: string, given: Given, upTo: number, times: number): Promise<number[]> => {
    const took: number[] = [];
    for (let n = 0; n < times; n += 1) {
      const { context, held } = onView(given);
      const { place, draw, leave } = putOn(name, context);
      draw();
      await shows(place, contentOf(given));
      for (let rows = held.rows.length; rows < upTo; rows = held.rows.length) {
        held.rows = [...held.rows, ...viewRows(rows, Math.min(upTo, rows + (given.viewRows ?? 0)))];
        const began = performance.now();
        draw();
        await shows(place, `tbody > tr:nth-child(${String(held.rows.length)})`);
        place.getBoundingClientRect();
        if (held.rows.length === upTo) took.push(performance.now() - began);
      }
      leave();
    }
    return took;
  },
  /** `updateView` with nothing new, after everything was read. */
  same: async (name: string, given: Given, times: number): Promise<SameRows> => {
    const context = contextFor(given);
    const { place, draw, leave } = putOn(name, context);
    draw();
    await shows(place, contentOf({ ...given, everyRow: true }));
    // What was read is drawn by now.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const observer = new MutationObserver(() => undefined);
    observer.observe(place, { subtree: true, childList: true, attributes: true, characterData: true });
    const commits = watchCommits(place);
    const took: number[] = [];
    for (let n = 0; n < times; n += 1) {
      const began = performance.now();
      draw();
      took.push(performance.now() - began);
      // Effects that are due run before the next.
      await new Promise((resolve) => setTimeout(resolve));
    }
    const { rendered, components } = commits.stop();
    const changes = observer.takeRecords().length;
    leave();
    return { took, rendered, changes, components };
  },
  empty: async (times: number): Promise<number[]> => {
    const place = newPlace();
    const took: number[] = [];
    for (let n = 0; n < times; n += 1) {
      const mount = (): (() => void) => {
        page.ReactDOM.render(page.React.createElement('section'), place);
        return () => undefined;
      };
      took.push(await cycle(place, 'section', mount));
    }
    place.remove();
    return took;
  },
};
