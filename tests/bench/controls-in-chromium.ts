import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, CDPSession } from 'playwright-core';
import { type ControlFolder, controlFolders } from '../../solution/tools/build/pcf-control';
import { request } from '../controls/budget-approval/approval-rows';
import { userSettings } from '../controls/platform/user-settings';
import { TIME_ID, timeTables } from '../controls/worklog-sync/time-rows';
import { issueTables, link } from '../controls/jira-issues/issue-rows';
import { OPPORTUNITY_ID, PAUL, tables } from '../controls/platform/rows';
import { type WatchedPage, openPage } from '../end-to-end/browser';
import type { Given, SameRows, Spoiled } from './controls-page';

const root = join(__dirname, '..', '..');

const PLATFORM = [
  'node_modules/react/umd/react.production.min.js',
  'node_modules/react-dom/umd/react-dom.production.min.js',
];

/** What lives on a page after everything that nothing refers to has been collected. */
export interface Living {
  /** bytes */
  readonly heap: number;
  /** nodes of documents, attached and detached */
  readonly nodes: number;
  readonly listeners: number;
}

/** A built control in a page of Chromium, on a form or on a view. */
export interface BuiltControl {
  readonly name: string;
  readonly isOnView: boolean;
  /**
   * Times on and off the page, until its content is there.
   * @param viewRows rows of its view; no matter on a form
   * @returns milliseconds of each
   */
  onAndOff(times: number, viewRows?: number, spoiled?: Spoiled): Promise<number[]>;
  /** The same until every row of its view is there. */
  untilEveryRow(times: number, viewRows: number): Promise<number[]>;
  /** Page by page up to so many rows of a view. @returns milliseconds that each last page took */
  loadMore(pageSize: number, upTo: number, times: number): Promise<number[]>;
  /** `updateView` with nothing new. */
  sameRows(viewRows: number, times: number): Promise<SameRows>;
}

export interface ControlsPage {
  readonly page: WatchedPage;
  readonly controls: readonly BuiltControl[];
  /** An element without anything, times on and off. @returns milliseconds of each */
  empty(times: number): Promise<number[]>;
  living(): Promise<Living>;
}

/**
 * A page with the platform's React and Fluent and every built control, which get their rows at once.
 * @throws Error when a control is not built
 */
export async function openControls(browser: Browser): Promise<ControlsPage> {
  const page = await openPage(browser);
  await hostPage(page);
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  const call = <Answer>(what: string, ...given: readonly unknown[]): Promise<Answer> =>
    page.evaluate<Answer, readonly unknown[]>(
      ([name, ...values]) =>
        (window as unknown as { measured: Record<string, (...all: unknown[]) => Promise<Answer>> }).measured[
          String(name)
        ]?.(...values) ?? Promise.reject(new Error(`nothing measures ${String(name)}`)),
      [what, ...given],
    );
  const controls: BuiltControl[] = [];
  for (const folder of controlFolders(root)) {
    const { name, constructor, output } = folder;
    await page.addStyleTag({ content: stylesOf(folder) });
    await page.addScriptTag({ content: readFileSync(join(root, output, 'bundle.js'), 'utf8') });
    // The one whose rows are the view's own; a week of time is read as a form is.
    const isOnView = manifestOf(folder).includes('<data-set name="mappings"');
    const given = (viewRows: number, everyRow = false): Given => givenTo(folder, isOnView ? viewRows : null, everyRow);
    const id = `CrmJira.${constructor}`;
    controls.push({
      name,
      isOnView,
      onAndOff: (times, viewRows = 1, spoiled) => call('control', id, given(viewRows), times, spoiled ?? null),
      untilEveryRow: (times, viewRows) => call('control', id, given(viewRows, true), times, null),
      loadMore: (pageSize, upTo, times) => call('more', id, given(pageSize), upTo, times),
      sameRows: (viewRows, times) => call('same', id, given(viewRows), times),
    });
  }
  return { page, controls, empty: (times) => call('empty', times), living: () => living(session) };
}

async function hostPage(page: WatchedPage): Promise<void> {
  await page.setContent('<!doctype html><html lang="en"><body></body></html>');
  // React looks for it once, while it is loaded.
  await page.addScriptTag({
    content: `var __REACT_DEVTOOLS_GLOBAL_HOOK__ = {
      supportsFiber: true, seen: null, inject: function () { return 1; }, onCommitFiberUnmount: function () {},
      onCommitFiberRoot: function (renderer, root) { if (this.seen) this.seen(root); } };`,
  });
  for (const file of PLATFORM) await page.addScriptTag({ path: join(root, file) });
  await page.addScriptTag({
    content: `var Reactv16 = React, ReactDOMv16 = ReactDOM, registered = {};
      var FabricConfig = { fontBaseUrl: '', iconBaseUrl: '' };
      var ComponentFramework = { registerControl: function (name, control) { registered[name] = control; } };`,
  });
  await page.addScriptTag({ path: join(root, 'node_modules/@fluentui/react/dist/fluentui-react.umd.js') });
  await page.addScriptTag({ content: 'var FluentUIReactv81211 = FluentUIReact;' });
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, 'controls-page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome100',
  });
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
}

const ofOpportunity = { crmjira_regarding_table: 'opportunity', crmjira_regarding_id: OPPORTUNITY_ID };

/** Controls of a time record. */
const OF_TIME = ['worklog-sync', 'issue-picker', 'time-records'];

function givenTo({ name, constructor }: ControlFolder, viewRows: number | null, everyRow: boolean): Given {
  // Functions do not travel to the page.
  const { getTimeZoneOffsetMinutes, ...settings } = userSettings(1033);
  return {
    resx: readFileSync(join(root, 'controls', name, 'src', constructor, 'strings', `${constructor}.1033.resx`), 'utf8'),
    ...(OF_TIME.includes(name)
      ? { table: 'crmjira_time_record', recordId: TIME_ID, tables: tables(timeTables()) }
      : {
          table: 'opportunity',
          recordId: OPPORTUNITY_ID,
          tables: tables({
            crmjira_budget_approval: [request()],
            crmjira_budget_decision: [],
            ...(name === 'jira-issues' ? issueTables({ crmjira_issue_link: [link('DOCK-482', ofOpportunity)] }) : {}),
          }),
        }),
    userSettings: { ...settings, userId: PAUL },
    offsetMinutes: getTimeZoneOffsetMinutes(),
    viewRows,
    everyRow,
  };
}

async function living(session: CDPSession): Promise<Living> {
  // What finalizers let go in one collection goes in the next.
  for (let n = 0; n < 3; n += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  return { heap: usedSize, nodes, listeners: jsEventListeners };
}

const manifestOf = ({ output }: ControlFolder): string =>
  readFileSync(join(root, output, 'ControlManifest.xml'), 'utf8');

/** Style sheets of a built control, without which the browser would lay out nothing of it. */
function stylesOf(folder: ControlFolder): string {
  return [...manifestOf(folder).matchAll(/<css path="([^"]+)"/g)]
    .map(([, path = '']) => readFileSync(join(root, folder.output, path), 'utf8'))
    .join('\n');
}
