import type { Request, Route } from 'playwright-core';
import type { LogRows, PageConditions } from './page-scene';
import type { Row } from './scene';

/** Id of whatever command row a page creates: one at a time is looked at, and by its type. */
const commandId = (type: number): string => `00000000-0000-4000-8000-${String(type).padStart(12, '0')}`;

/** Dataverse's own answers to a page, but for what its scene is about. @param language of who asks: the integration answers in it */
export function answerPageAs(scene: PageConditions, language: 1033 | 3084 = 1033): (route: Route) => Promise<void> {
  return async (route) => {
    const request = route.request();
    const path = new URL(request.url()).pathname;
    const set = /\/v9\.2\/(\w+)/.exec(path)?.[1] ?? '';
    if (scene.silent) return;
    if (set === 'crmjira_commands') return answerCommand(route, path, scene, language);
    const { unreadable } = scene;
    if (unreadable && (unreadable.sets.includes(set) || unreadable.sets.length === 0)) return fail(route, unreadable);
    const { log } = scene;
    if (log && set === 'crmjira_integration_logs') return route.fulfill({ json: { value: rowsOfLog(log, request) } });
    const asked = scene.asked?.(set, decodeURIComponent(new URL(request.url()).search)) ?? null;
    if (request.method() === 'GET' && asked !== null) return route.fulfill({ json: { value: asked } });
    const change = scene.rows?.[set];
    if (request.method() !== 'GET' || !change) return route.continue();
    if (Array.isArray(change)) return route.fulfill({ json: { value: change } });
    const response = await route.fetch();
    const body = (await response.json()) as Row;
    const { value } = body;
    const json = Array.isArray(value)
      ? { ...body, value: value.map((row: Row) => ({ ...row, ...change })) }
      : { ...body, ...change };
    return route.fulfill({ response, json });
  };
}

const fail = (route: Route, { status, code }: { readonly status: number; readonly code: string }): Promise<void> =>
  route.fulfill({ status, json: { error: { code, message: 'refused' } } });

/** A page asks by a row and looks at the row until it is answered. */
function answerCommand(
  route: Route,
  path: string,
  { answers, refusesCommands }: PageConditions,
  language: 1033 | 3084,
): Promise<void> {
  if (route.request().method() === 'POST') {
    if (refusesCommands) return fail(route, refusesCommands);
    const { crmjira_command_type: type } = route.request().postDataJSON() as Row;
    const id = `${new URL(route.request().url()).origin}${path}(${commandId(Number(type))})`;
    return route.fulfill({ status: 204, headers: { 'odata-entityid': id } });
  }
  const asked = Object.entries(answers ?? {}).find(([type]) => path.includes(commandId(Number(type))));
  const { state, result, answer } = asked?.[1] ?? { state: 1, result: '' };
  return route.fulfill({
    json: {
      crmjira_command_state: state,
      crmjira_result: typeof result === 'string' ? result : result[language],
      crmjira_answer: answer === undefined ? null : JSON.stringify(answer),
    },
  });
}

/** Aggregates by what they group by, rows otherwise. */
function rowsOfLog(log: LogRows, request: Request): readonly Row[] {
  const fetchXml = new URL(request.url()).searchParams.get('fetchXml');
  if (fetchXml === null) return log.errors;
  if (fetchXml.includes('dategrouping')) return log.days.map((day) => ({ ...day }));
  const counted = fetchXml.includes('crmjira_integration_status') ? log.statuses : log.operations;
  return Object.entries(counted).map(([key, found]) => ({ key: Number(key), found }));
}
