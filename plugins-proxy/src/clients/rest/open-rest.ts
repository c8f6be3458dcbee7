import { createRedactor } from '../../platform/log/redact';
import { isJson } from '../../platform/http-client/is-json';
import { fillTemplate, type Filling } from '../web-service/fill-template';
import { readTls } from '../web-service/read-references';
import {
  openService,
  requireSuccess,
  type ServiceAnswer,
  type ServiceRequest,
} from '../web-service/service-connection';
import { ServiceError } from '../web-service/service-error';
import type { ServiceSecrets } from '../web-service/service-settings';
import { enteredHeaders, longestPage, needed, type ServiceParts, type WebService } from '../web-service/web-service';
import { bodyOf } from './rest-body';
import { firstTurn, type PageTurn, turnPage } from './rest-paging';
import type { RestSettings } from './rest-settings';
import { restSignIn } from './rest-sign-in';

/** Path and query as they are sent. @throws ServiceError */
function addressOf(settings: RestSettings, filling: Filling): string {
  const query = settings.query
    .map(({ name, value }) => [name, fillTemplate(value, 'plain', filling, {})] as const)
    .filter(([, value]) => value !== '')
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .join('&');
  const path = fillTemplate(settings.path, 'address', filling, {});
  return query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

/**
 * Opens a REST service as its settings say (R-1608). Nothing is sent yet.
 * @throws ServiceError where something is not entered yet, or a certificate cannot be used
 */
export async function openRest(
  settings: RestSettings,
  secrets: ServiceSecrets,
  parts: ServiceParts,
): Promise<WebService> {
  const url = needed(settings.url, 'url');
  const prefix = new URL(url).pathname.replace(/\/+$/, '');
  const tls = await readTls(settings, parts.vault);
  const entered = enteredHeaders(settings.headers, secrets);
  const signIn = restSignIn(settings, secrets, tls, parts);
  const connection = openService({
    url,
    setting: 'the address',
    guard: parts.guard(url, 'the address'),
    tls,
    timeoutMs: settings.timeoutSeconds * 1000,
    most: longestPage,
  });

  /** Once more with a new token where the service has refused one that was thought to be good. */
  async function send(request: Omit<ServiceRequest, 'headers'>, extra: Readonly<Record<string, string>> = {}) {
    const once = async (): Promise<ServiceAnswer> =>
      connection.send({
        ...request,
        headers: {
          accept: 'application/json',
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...entered,
          ...extra,
          ...(await signIn.headers()),
        },
      });
    const first = await once();
    const answer = first.status === 401 && signIn.renew() ? await once() : first;
    requireSuccess(answer, connection, parts.now());
    return answer;
  }

  async function read(turn: PageTurn): Promise<{ answer: ServiceAnswer; at: string }> {
    const { method, body } = settings;
    const at = turn.path ?? prefix + addressOf(settings, turn.filling);
    const filled = body === '' ? undefined : fillTemplate(body, 'json', turn.filling, secrets);
    const answer = await send({
      method,
      path: at,
      ...(method === 'GET' || filled === undefined ? {} : { body: filled }),
    });
    if (answer.text.trim() !== '' && !isJson(answer.headers['content-type'])) {
      const looksLikePage = /^\s*</.test(answer.text);
      const { host } = new URL(url);
      if (looksLikePage) throw new ServiceError('web-page', { product: host, host, status: String(answer.status) });
    }
    return { answer, at };
  }

  const evaluate = ({ text }: ServiceAnswer, fields: readonly string[]) =>
    parts.evaluator.evaluate({
      kind: 'json',
      text: text.trim() === '' ? 'null' : text,
      namespaces: {},
      single: settings.next === '' ? [] : [settings.next],
      records: settings.records,
      fields,
    });

  return {
    evaluate: async (answer, fields) => (await evaluate(answer, fields)).rows,
    pages: async function* (since, fields) {
      const seen = new Set<string>();
      let turn: PageTurn | null = firstTurn(settings, since);
      while (turn !== null) {
        const { answer, at } = await read(turn);
        const asked = at + turn.filling.cursor + String(turn.filling.page) + String(turn.filling.offset);
        if (seen.has(asked)) throw new ServiceError('service-page-again');
        seen.add(asked);
        const { single, rows } = await evaluate(answer, fields);
        yield { answer, rows };
        turn = turnPage(settings, turn, {
          records: rows.length,
          next: single[0],
          link: answer.headers['link'],
          origin: connection.origin,
          at,
        });
        if (turn !== null && seen.size >= settings.maxPages)
          throw new ServiceError('service-too-many-pages', { most: String(settings.maxPages) });
      }
    },
    writes: { create: settings.create !== null, update: settings.update !== null },
    write: async ({ id, values, whole, idempotencyKey }) => {
      const how = id === '' ? settings.create : settings.update;
      if (how === null) throw new ServiceError('service-incomplete', { what: id === '' ? 'create' : 'update' });
      const filling = { ...firstTurn(settings, null).filling, id, values: whole };
      await send(
        {
          method: how.method,
          path: prefix + fillTemplate(how.path, 'address', filling, {}),
          body: how.body === '' ? bodyOf(values) : fillTemplate(how.body, 'json', filling, secrets),
        },
        { 'idempotency-key': idempotencyKey },
      );
    },
    redact: (text) => createRedactor([...Object.values(secrets), ...signIn.secrets()])(text),
    close: async () => {
      await Promise.all([connection.close(), signIn.close()]);
    },
  };
}
