import type { Dispatcher } from 'undici';
import type { z } from 'zod';
import { classifyError } from '../errors/classify-error';
import { correlationHeader, currentCorrelation } from '../log/correlation';
import { type Renewable, unchanging } from '../secrets/renewable';
import { inSpan, traceHeaders } from '../tracing/spans';
import { Absence, type Answer, type Classifier } from './create-classifier';
import { type Current, current } from './current';
import { createCircuit } from './circuit';
import { createPace } from './pace';
import type { ProviderName } from './provider-name';
import { createRateBudget } from './rate-budget';
import { readText } from './read-text';
import { siteDispatcher, type Transport } from './site-dispatcher';
import type { SiteGuard } from './site-guard';
import { type Effect, withEffectCheck } from './with-effect-check';
import { type RetryClock, realRetryClock, withRetries } from './with-retries';
import { hasCode } from '../errors/has-code';

/** One call. */
export interface HttpCall<Schema extends z.ZodType> {
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
  /** Looks whether a call that is not repeatable took effect after all, so that it can be repeated when it did not. */
  readonly effect?: () => Promise<Effect<z.output<Schema>>>;
  /** Told of the headers of an answer that holds what was asked for, such as those that lead to the next page. */
  readonly onHeaders?: (headers: Answer['headers']) => void;
  /** Of another product on the same site that words its answers otherwise; left out: the site's own. */
  readonly classifier?: Classifier;
}

/** Calls to one site over kept-alive connections. */
export interface HttpClient {
  /** @throws IntegrationError as the classifier says; Refusal for a 4xx with words about fields */
  call<Schema extends z.ZodType>(call: HttpCall<Schema>): Promise<z.output<Schema>>;
  /** As `call`, null where the product itself says that there is no such thing (404). */
  find<Schema extends z.ZodType>(call: HttpCall<Schema>): Promise<z.output<Schema> | null>;
  close(): Promise<void>;
}

/** Calls to one site that may be made as somebody else. */
export interface SiteClient<Credentials extends object> extends HttpClient {
  /**
   * The same site for another account: the same connections, rate budget, circuit and guards, other credentials. What it closes is
   * nothing: the site's client does.
   */
  as(credentials: Renewable<Credentials>): HttpClient;
}

/** What a provider has of its own. */
export interface HttpProvider<Credentials> {
  readonly provider: ProviderName;
  readonly classifier: Classifier;
  /** Value of the Authorization header; null: none is sent. */
  readonly authorization: (credentials: Credentials) => string | null;
  /** Sent with each call, beside those of JSON. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpClientOptions<Credentials extends object> extends Transport {
  /** Stands on its errors; left out: there is only one. */
  readonly connectionId?: string | undefined;
  /** It is described by its row. */
  readonly isOfRow?: boolean;
  readonly url: string;
  /** Renewable ones are looked up anew when the provider refuses them, once a call (R-1218). */
  readonly credentials: Credentials | Renewable<Credentials>;
  readonly timeoutMs: Current<number>;
  /** The gateway and the certificates as they are now; left out: as they are given here. */
  readonly transport?: () => Transport;
  readonly clock?: RetryClock;
  /** Asked before every call and every connection (R-1212). */
  readonly guard?: SiteGuard | undefined;
  /** Asked before every write; throws when there may be none (R-2302). */
  readonly guardWrite?: () => Promise<void>;
  /** Connections kept to the site, and so requests at one time; the rest waits. At most 100. */
  readonly connections?: Current<number>;
  /** Greatest number of calls a minute, where something on the way has such a limit. */
  readonly callsPerMinute?: Current<number | null>;
  /** Cuts known secrets out of what the provider says when it refuses (R-1407). */
  readonly redact?: (text: string) => string;
  /** milliseconds since 1970 */
  readonly now?: () => number;
}

/** Connections to one site unless configured: enough for the workers, few enough for Jira's burst limits. */
const defaultConnections = 16;

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

const isRenewable = <T extends object>(credentials: T | Renewable<T>): credentials is Renewable<T> =>
  'renew' in credentials;

/** A client for one site of a provider. Requests leave only to that site's origin (R-1212), redirects are not followed. */
export function createHttpClient<Credentials extends object>(
  { provider, classifier, authorization, headers: ownHeaders }: HttpProvider<Credentials>,
  options: HttpClientOptions<Credentials>,
): SiteClient<Credentials> {
  const base = new URL(options.url);
  const prefix = base.pathname.replace(/\/+$/, '');
  const { timeoutMs, guard, connections = defaultConnections, transport = () => options } = options;
  const pool = sizedPool(connections, (size) =>
    siteDispatcher({ provider, origin: base.origin, transport, connections: size, timeoutMs, guard }),
  );
  const headers = {
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'content-type': 'application/json',
    ...ownHeaders,
  };

  const now = options.now ?? Date.now;
  const clock = options.clock ?? realRetryClock;
  const budget = createRateBudget(provider, now);
  const pace = changingPace(options.callsPerMinute ?? null, now);
  const refusedCredentials = `${provider.codePrefix}-credentials`;
  const unavailable = `${provider.codePrefix}-unavailable`;
  const circuit = createCircuit(now);

  async function send<Schema extends z.ZodType>(
    call: HttpCall<Schema>,
    account: Credentials,
  ): Promise<z.output<Schema>> {
    const place = pace();
    if (place > 0) await clock.sleep(place);
    const pause = budget.pause(call.method, call.path);
    if (pause > 0) await clock.sleep(pause);
    const correlationId = currentCorrelation();
    const signedIn = authorization(account);
    const response = await pool.now().request({
      origin: base.origin,
      headersTimeout: current(timeoutMs),
      bodyTimeout: current(timeoutMs),
      method: call.method,
      path: prefix + call.path,
      headers: {
        ...headers,
        ...(signedIn === null ? {} : { authorization: signedIn }),
        ...(correlationId === undefined ? {} : { [correlationHeader]: correlationId }),
        ...traceHeaders(),
      },
      ...(call.query === undefined ? {} : { query: call.query }),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    const text = await readText(response.body, {
      side: provider.name,
      encoding: response.headers['content-encoding'],
    });
    const answer = { status: response.statusCode, headers: response.headers, text };
    budget.note(call.method, call.path, answer.status, answer.headers);
    const { isData, errorOf } = call.classifier ?? classifier;
    if (!isData(answer)) throw errorOf(answer, now(), options.redact);
    call.onHeaders?.(answer.headers);
    return call.schema.parse(text === '' ? undefined : JSON.parse(text));
  }

  /** What is refused for its credentials was not carried out, so that even a POST may be sent again with others. */
  async function once<Schema extends z.ZodType>(
    call: HttpCall<Schema>,
    credentials: Renewable<Credentials>,
  ): Promise<z.output<Schema>> {
    const account = credentials.current();
    const facts = {
      'http.request.method': call.method,
      'server.address': base.hostname,
      'crmjira.product': provider.name,
    };
    const traced = (as: Credentials) =>
      inSpan(`${provider.codePrefix} ${call.method}`, facts, () => send(call, as), 'outgoing').catch(
        (error: unknown) => {
          const classified = classifyError(error, provider.name, unavailable);
          classified.connectionId ??= options.connectionId;
          classified.isOfRow = options.isOfRow ?? false;
          throw classified;
        },
      );
    try {
      return await traced(account);
    } catch (error) {
      const refused = hasCode(error, refusedCredentials);
      if (!refused || !(await credentials.renew(account))) throw error;
      return traced(credentials.current());
    }
  }

  const clientOf = (credentials: Renewable<Credentials>): Pick<HttpClient, 'call' | 'find'> => {
    /** While nothing answers there, a call fails at once: a worker waits for no site that is away. */
    const tried = <Schema extends z.ZodType>(given: HttpCall<Schema>): Promise<z.output<Schema>> =>
      circuit(() => once(given, credentials));
    const call: HttpClient['call'] = async (given) => {
      await guard?.require();
      if (given.method !== 'GET' && given.reads !== true) await options.guardWrite?.();
      return given.effect === undefined
        ? withRetries(() => tried(given), given.repeatable ?? given.method !== 'POST', clock)
        : withEffectCheck(() => tried(given), given.effect, clock);
    };
    return {
      call,
      find: async (given) => {
        try {
          return await call(given);
        } catch (error) {
          if (error instanceof Absence) return null;
          throw error;
        }
      },
    };
  };

  return {
    ...clientOf(isRenewable(options.credentials) ? options.credentials : unchanging(options.credentials)),
    as: (credentials) => ({ ...clientOf(credentials), close: async () => undefined }),
    close: () => pool.close(),
  };
}
