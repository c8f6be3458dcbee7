import type { Route } from 'playwright-core';
import type { Conditions, Row } from './scene';

/** Alternate key of the row is taken: `DuplicateRecordEntityKey` of the Web API. */
const TAKEN = { status: 412, code: '0x80060892', message: 'A record with matching key values already exists.' };

/** Dataverse's own answers, but for what a scene is about. */
export function answerAs({ rows = {}, unreadable, taken }: Conditions): (route: Route) => Promise<void> {
  let refused = false;
  return async (route) => {
    const request = route.request();
    const set = /\/v9\.2\/(\w+)/.exec(new URL(request.url()).pathname)?.[1] ?? '';
    const reads = request.method() === 'GET';
    const fail = ({ status, code, message = 'refused' }: { status: number; code: string; message?: string }) =>
      route.fulfill({ status, json: { error: { code, message } } });
    if (reads && set === unreadable?.set) return fail(unreadable);
    if (set === taken?.set) {
      if (request.method() === 'POST') {
        refused = true;
        return fail(TAKEN);
      }
      if (refused) return route.fulfill({ json: { value: taken.rows } });
    }
    const change = rows[set];
    if (!reads || !change) return route.continue();
    const response = await route.fetch();
    if (response.status() !== 200) return route.fulfill({ response });
    return route.fulfill({ response, json: changed(await response.json(), change) });
  };
}

function changed(body: Row, change: Row | readonly Row[]): Row {
  const { value } = body;
  if (isList(change)) return { ...body, value: change };
  return Array.isArray(value)
    ? { ...body, value: value.map((row: Row) => ({ ...row, ...change })) }
    : { ...body, ...change };
}

const isList = (change: Row | readonly Row[]): change is readonly Row[] => Array.isArray(change);
