import type { Dispatcher } from 'undici';
import type { z } from 'zod';
import type { JiraCredentials } from '../../platform/config/jira-credentials';
import { correlationHeader, currentCorrelation } from '../../platform/log/correlation';
import { inSpan, traceHeaders } from '../../platform/tracing/spans';
import { type Renewable, unchanging } from '../../platform/secrets/renewable';
import { classifyError } from '../../platform/errors/classify-error';
import { IntegrationError } from '../../platform/errors/integration-error';
import { type Current, current } from '../../platform/http-client/current';
import { isJson } from '../../platform/http-client/is-json';
import { createPace } from '../../platform/http-client/pace';
import { createRateBudget } from '../../platform/http-client/rate-budget';
import { readText } from '../../platform/http-client/read-text';
import { type Effect, withEffectCheck } from '../../platform/http-client/with-effect-check';
import { type RetryClock, realRetryClock, withRetries } from '../../platform/http-client/with-retries';
import { classifyJiraAnswer, isAnonymous, JiraAbsence, type Product } from './classify-jira-answer';
import { jiraDispatcher, type WayToJira } from './jira-dispatcher';

/** One call to Jira. */
export interface JiraCall<Schema extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path below the site's address, already escaped; see `path`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly schema: Schema;
  /** True when a second call has no second effect; GET, PUT and DELETE are by nature. */
  readonly repeatable?: boolean;
  /** A read in the form of a POST. */
  readonly reads?: boolean;
  /** Looks whether a call that is not repeatable took effect after all, so that it can be repeated when it did not (R-908). */
  readonly effect?: () => Promise<Effect<z.output<Schema>>>;
}

/** Calls to one Jira site over kept-alive connections. */
export interface JiraHttp {
  /** @throws IntegrationError as the answer table says; JiraRefusal for a 4xx with words about fields */
  call<Schema extends z.ZodType>(call: JiraCall<Schema>): Promise<z.output<Schema>>;
  /** As `call`, null where the product itself says that there is no such thing (404). */
  find<Schema extends z.ZodType>(call: JiraCall<Schema>): Promise<z.output<Schema> | null>;
  close(): Promise<void>;
}

export interface JiraHttpOptions extends WayToJira {
  readonly url: string;
  /** Renewable ones are looked up anew when Jira refuses them, once a call (R-1218). */
  readonly credentials: JiraCredentials | Renewable<JiraCredentials>;
  readonly timeoutMs: Current<number>;
  /** The gateway and the certificates as they are now; left out: as they are given here. */
  readonly way?: () => WayToJira;
  readonly clock?: RetryClock;
  /** Asked before every call; throws when the host may not be called (R-1212). */
  readonly guardHost?: (() => Promise<void>) | undefined;
  /** Asked before every write; throws when there may be none (R-2302). */
  readonly guardWrite?: () => Promise<void>;
  /** Connections kept to the site, and so requests at one time; the rest waits. At most 100 (R-909). */
  readonly connections?: Current<number>;
  /** Greatest number of calls a minute, where something on the way has such a limit. */
  readonly callsPerMinute?: Current<number | null>;
  readonly product?: Product;
  /** Cuts known secrets out of what Jira says when it refuses (R-1407). */
  readonly redact?: (text: string) => string;
  /** milliseconds since 1970 */
  readonly now?: () => number;
}

/** Connections to one site unless configured: enough for the workers, few enough for Jira's burst limits. */
const defaultConnections = 16;

/** Escapes values into a path: `path`/rest/api/3/issue/${key}``. */
export function path(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((text, part, index) => text + encodeURIComponent(values[index - 1] ?? '') + part);
}

/** The Authorization header of the service's account. */
export function authorization(credentials: JiraCredentials): string {
  if (credentials.kind === 'bearer') return `Bearer ${credentials.pat}`;
  const [user, secret] =
    credentials.kind === 'basic' ? [credentials.email, credentials.apiToken] : [credentials.user, credentials.password];
  return `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
}

/** Connections to one site, of a number that may change: when it does, the old pool drains, then closes. */
function sizedPool(connections: Current<number>, open: (size: number) => Dispatcher) {
  let size = current(connections);
  let pool = open(size);
  const retired: Promise<void>[] = [];
  return {
    now: (): Dispatcher => {
      const wanted = current(connections);
      if (wanted !== size) {
        retired.push(pool.close());
        [size, pool] = [wanted, open(wanted)];
      }
      return pool;
    },
    close: async (): Promise<void> => {
      await Promise.all([...retired, pool.close()]);
    },
  };
}

/** Milliseconds that the next call has to wait; changing the rate resets the limiter. */
function changingPace(callsPerMinute: Current<number | null>, now: () => number): () => number {
  let perMinute: number | null = null;
  let pace = (): number => 0;
  return () => {
    const wanted = current(callsPerMinute);
    if (wanted !== perMinute) {
      perMinute = wanted;
      pace = wanted === null ? () => 0 : createPace(wanted, now);
    }
    return pace();
  };
}

/** A client for one site. Requests leave only to that site's origin (R-1212), redirects are not followed. */
export function createJiraHttp(options: JiraHttpOptions): JiraHttp {
  const base = new URL(options.url);
  const prefix = base.pathname.replace(/\/+$/, '');
  const { timeoutMs, connections = defaultConnections, way = () => options } = options;
  const pool = sizedPool(connections, (size) =>
    jiraDispatcher({ origin: base.origin, way, connections: size, timeoutMs }),
  );
  const credentials = 'kind' in options.credentials ? unchanging(options.credentials) : options.credentials;
  const headers = {
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'content-type': 'application/json',
    // Cloud answers writes of a browser-like client with XSRF checks; this header says that it is none.
    'x-atlassian-token': 'no-check',
  };

  const product = options.product ?? 'Jira';
  const now = options.now ?? Date.now;
  const clock = options.clock ?? realRetryClock;
  const budget = createRateBudget(product, now);
  const pace = changingPace(options.callsPerMinute ?? null, now);

  async function send<Schema extends z.ZodType>(
    call: JiraCall<Schema>,
    account: JiraCredentials,
  ): Promise<z.output<Schema>> {
    const place = pace();
    if (place > 0) await clock.sleep(place);
    const pause = budget.pause(call.method, call.path);
    if (pause > 0) await clock.sleep(pause);
    const correlationId = currentCorrelation();
    const response = await pool.now().request({
      origin: base.origin,
      headersTimeout: current(timeoutMs),
      bodyTimeout: current(timeoutMs),
      method: call.method,
      path: prefix + call.path,
      headers: {
        ...headers,
        authorization: authorization(account),
        ...(correlationId === undefined ? {} : { [correlationHeader]: correlationId }),
        ...traceHeaders(),
      },
      ...(call.query === undefined ? {} : { query: call.query }),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    const text = await readText(response.body, {
      side: product,
      encoding: response.headers['content-encoding'],
    });
    const answer = { status: response.statusCode, headers: response.headers, text };
    budget.note(call.method, call.path, answer.status, answer.headers);
    const page = text !== '' && !isJson(response.headers['content-type']);
    if (answer.status >= 300 || page || isAnonymous(answer))
      throw classifyJiraAnswer(answer, now(), product, options.redact);
    return call.schema.parse(text === '' ? undefined : JSON.parse(text));
  }

  /** What is refused for its credentials was not carried out, so that even a POST may be sent again with others. */
  async function once<Schema extends z.ZodType>(call: JiraCall<Schema>): Promise<z.output<Schema>> {
    const account = credentials.current();
    const facts = { 'http.request.method': call.method, 'server.address': base.hostname, 'crmjira.product': product };
    const traced = (as: JiraCredentials) =>
      inSpan(`${product.toLowerCase()} ${call.method}`, facts, () => send(call, as), 'outgoing').catch(
        (error: unknown) => {
          throw classifyError(error, product);
        },
      );
    try {
      return await traced(account);
    } catch (error) {
      const refused = error instanceof IntegrationError && error.code === `${product.toLowerCase()}-credentials`;
      if (!refused || !(await credentials.renew(account))) throw error;
      return traced(credentials.current());
    }
  }

  const call: JiraHttp['call'] = async (given) => {
    await options.guardHost?.();
    if (given.method !== 'GET' && given.reads !== true) await options.guardWrite?.();
    return given.effect === undefined
      ? withRetries(() => once(given), given.repeatable ?? given.method !== 'POST', clock)
      : withEffectCheck(() => once(given), given.effect, clock);
  };

  return {
    call,
    find: async (given) => {
      try {
        return await call(given);
      } catch (error) {
        if (error instanceof JiraAbsence) return null;
        throw error;
      }
    },
    close: () => pool.close(),
  };
}
