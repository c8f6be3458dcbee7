import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { type WatchedPage, openPage } from '../end-to-end/browser';
import { OLIVIA } from '../controls/platform/rows';
import { userSettings } from '../controls/platform/user-settings';
import type { Look } from './looks';
import { NOW } from './open-scene';
import { steady } from './steady';

const root = join(__dirname, '..', '..');
const umd = (name: string, ...file: string[]): string =>
  join(dirname(require.resolve(`${name}/package.json`)), ...file);

/** Controls that are looked at alone, by their folders. */
const CONTROLS = {
  'issue-picker': 'IssuePicker',
  'jira-issues': 'JiraIssues',
  'time-records': 'TimeRecords',
  'worklog-sync': 'WorklogSync',
} as const;
export type AloneControl = keyof typeof CONTROLS;

/** A state of one control, what is done on it, and in which looks and widths it is seen: one of each is enough for most. */
export interface AloneScene {
  readonly name: string;
  readonly control: AloneControl;
  readonly seen: readonly (readonly [look: Look, width: number])[];
  /** words that must be read in English */
  readonly says: readonly string[];
  /** rows by their tables */
  readonly rows: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[] | undefined>>;
  /** the record on the form; null: not saved yet */
  readonly table: string;
  readonly id: string | null;
  /** values of the form's fields that the control is handed, by the names of its properties */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** reads are answered so */
  readonly reads?: 'hanging' | 'forbidden' | 'refused';
  readonly offline?: true;
  /** may not ask for anything */
  readonly reader?: true;
  /** commands that are answered at once; the others wait */
  readonly answers?: Readonly<
    Record<
      number,
      { readonly state: number; readonly result?: string; readonly answer?: unknown; readonly done?: number }
    >
  >;
  /** rows as they stand once something was asked for */
  readonly then?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  /** what is pressed, by its name in English and in French */
  readonly press?: readonly (readonly [english: string, french: string])[];
  /** what is typed into the search then, and keys that are pressed in it */
  readonly type?: string;
  readonly keys?: readonly string[];
  /** nothing on it may be changed by this person */
  readonly disabled?: true;
}

/** The control alone on a page with the platform's libraries, over rows in memory: no page of the sandbox is loaded for it. */
export interface AlonePage {
  readonly page: WatchedPage;
  readonly control: Locator;
  show(scene: AloneScene, width: number): Promise<void>;
}

export async function openAlone(browser: Browser, name: AloneControl, look: Look): Promise<AlonePage> {
  const constructor = CONTROLS[name];
  const page = await openPage(browser, {
    viewport: { width: name === 'time-records' ? 1_000 : 760, height: 900 },
    forcedColors: look.forcedColors ? 'active' : 'none',
    colorScheme: look.theme,
  });
  await page.clock.setFixedTime(NOW);
  await page.setContent(
    `<!doctype html><html lang="${look.language === 1033 ? 'en' : 'fr'}-CA"><title>${constructor}</title><body></body></html>`,
  );
  for (const path of [umd('react', 'umd/react.production.min.js'), umd('react-dom', 'umd/react-dom.production.min.js')])
    await page.addScriptTag({ path });
  await page.evaluate(() => Object.assign(window, { FabricConfig: { fontBaseUrl: '', iconBaseUrl: '' } }));
  await page.addScriptTag({ path: umd('@fluentui/react', 'dist/fluentui-react.umd.js') });
  await page.evaluate(() => {
    const loaded = window as unknown as Record<string, unknown>;
    Object.assign(window, {
      Reactv16: loaded['React'],
      FluentUIReactv81211: loaded['FluentUIReact'],
      ComponentFramework: { registerControl: (_: string, control: unknown) => Object.assign(window, { control }) },
    });
  });
  const source = join(root, `controls/${name}/src/${constructor}`);
  const manifest = readFileSync(join(source, 'ControlManifest.Input.xml'), 'utf8');
  for (const [, path = ''] of manifest.matchAll(/<css path="([^"]+)"/g))
    await page.addStyleTag({ path: join(source, path) });
  await page.addStyleTag({
    content: `body { margin: 0; padding: 12px; background: ${look.theme === 'dark' ? '#1f1f1f' : '#f5f5f5'}; } main { padding-bottom: 8px; }`,
  });
  await page.addScriptTag({ path: join(root, `controls/${name}/out/controls/${constructor}/bundle.js`) });
  await steady(page);
  const control = page.locator('main');

  async function show(scene: AloneScene, width: number): Promise<void> {
    await page.mouse.move(0, 0);
    await page.evaluate(mount, {
      scene,
      width,
      dark: look.theme === 'dark',
      settings: {
        ...(JSON.parse(JSON.stringify(userSettings(look.language))) as object),
        userId: OLIVIA,
      },
      texts: textsOf(`controls/${name}/src/${constructor}/strings/${constructor}.${look.language}.resx`),
    });
    await page.locator(`section[aria-busy=${scene.reads === 'hanging'}]`).waitFor();
    await comeToRest(page, control);
    for (const names of scene.press ?? []) {
      const wanted = { name: names[look.language === 1033 ? 0 : 1], exact: true };
      const pressed = page
        .getByRole('button', wanted)
        .or(page.getByRole('menuitem', wanted))
        .or(page.getByRole('checkbox', wanted));
      await pressed.last().click();
      await comeToRest(page, control);
    }
    if (scene.type) await page.getByRole('combobox').fill(scene.type);
    for (const key of scene.keys ?? []) {
      await page.getByRole('combobox').press(key);
      await comeToRest(page, control);
    }
    await page.mouse.move(0, 0);
    await comeToRest(page, control);
  }
  return { page, control, show };
}

function textsOf(file: string): Record<string, string> {
  const entries = [...readFileSync(join(root, file), 'utf8').matchAll(/<data name="([^"]+)".*?<value>(.*?)<\/value>/g)];
  return Object.fromEntries(
    entries.map(([, key = '', text = '']) => [key, text.replace(/&lt;/g, '<').replace(/&amp;/g, '&')]),
  );
}

/** The page's own timers are run, not waited for: typing settles and commands are looked at within a second of them. */
async function comeToRest(page: WatchedPage, control: Locator): Promise<void> {
  for (let looks = 0, before = ''; looks < 50; looks += 1) {
    await page.clock.runFor(1_000);
    const now = await control.innerHTML();
    if (now === before) return;
    before = now;
  }
  throw new Error('The control never came to rest.');
}

interface Mounted {
  readonly scene: AloneScene;
  readonly width: number;
  readonly dark: boolean;
  readonly settings: object;
  readonly texts: Readonly<Record<string, string>>;
}

/** It runs on the page: nothing from outside of it is there. */
function mount({ scene, width, dark, settings, texts }: Mounted): void {
  type Row = Record<string, unknown>;
  const tables = structuredClone(scene.rows) as Record<string, Row[]>;
  const answered = async (): Promise<void> => {
    if (scene.reads === 'hanging') await new Promise(() => undefined);
    if (scene.reads) throw { errorCode: scene.reads === 'forbidden' ? 0x80040220 : 0 };
  };
  const webAPI = {
    createRecord: async (name: string, row: Row) => {
      const created = `40000000-0000-4000-8000-${String(tables[name]?.length ?? 0).padStart(12, '0')}`;
      const { state, result, answer, done } = scene.answers?.[Number(row['crmjira_command_type'])] ?? {};
      tables[name]?.push({
        ...row,
        [`${name}id`]: created,
        ...(state && {
          crmjira_command_state: state,
          crmjira_result: result,
          crmjira_answer: JSON.stringify(answer ?? null),
          crmjira_done_count: done,
        }),
      });
      Object.assign(tables, structuredClone(scene.then ?? {}));
      return { id: created, entityType: name };
    },
    retrieveRecord: async (name: string, wanted: string, query: string) => {
      await answered();
      return query.includes('versionnumber') ? {} : tables[name]?.find((row) => row[`${name}id`] === wanted);
    },
    retrieveMultipleRecords: async (name: string, query: string) => {
      await answered();
      const ids = [...query.matchAll(/crmjira_regarding_id eq '([^']+)'/g)].map(([, wanted]) => wanted);
      const other = /id ne ([0-9a-f-]{36})/.exec(query)?.[1];
      const all = (tables[name] ?? []).filter((row) => !other || row[`${name}id`] !== other);
      return { entities: ids.length ? all.filter((row) => ids.includes(String(row['crmjira_regarding_id']))) : all };
    },
  };
  const records = {
    loading: false,
    sortedRecordIds: [],
    setSelectedRecordIds: () => undefined,
    refresh: () => undefined,
  };
  const loaded = window as unknown as {
    control: new () => { init(context: object): void; updateView(context: object): object };
    ReactDOM: { render(element: object, place: Element): void; unmountComponentAtNode(place: Element): void };
  };
  const main = document.querySelector('main') ?? document.body.appendChild(document.createElement('main'));
  loaded.ReactDOM.unmountComponentAtNode(main);
  main.style.width = `${width}px`;
  const context = {
    webAPI,
    parameters: new Proxy(
      {},
      {
        get: (_, property: string) =>
          property === 'records'
            ? records
            : {
                raw: scene.fields?.[property] ?? '',
                security: { readable: true, editable: true },
              },
      },
    ),
    mode: {
      allocatedWidth: width,
      isControlDisabled: scene.disabled === true,
      trackContainerResize: () => undefined,
      contextInfo: { entityId: scene.id, entityTypeName: scene.table },
    },
    userSettings: { ...settings, getTimeZoneOffsetMinutes: () => -240 },
    client: { isOffline: () => scene.offline === true },
    resources: { getString: (key: string) => texts[key] ?? key },
    utils: { hasEntityPrivilege: () => !scene.reader },
    navigation: { openForm: async () => ({}) },
    fluentDesignLanguage: { isDarkTheme: dark },
  };
  const control = new loaded.control();
  control.init(context);
  loaded.ReactDOM.render(control.updateView(context), main);
}
