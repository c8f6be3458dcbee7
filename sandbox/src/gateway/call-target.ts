import { Agent, type Dispatcher, request } from 'undici';
import type { Connection } from './connections';
import { type GatewayAnswer, gatewayAnswers } from './gateway-answers';
import type { GatewayLimits } from './gateway-limits';

/** One request of a flow, as far as the gateway passes it on. */
export interface FlowRequest {
  readonly method: string;
  /** Path and query behind the connection. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer | null;
  readonly requestId: string;
}

/** Headers that a connector's action may set and the gateway passes on. */
const passedThere = ['content-type', 'accept', 'accept-language', 'x-correlation-id'] as const;
/** Of the answer these do not come back: they tell of the connection that ended at the gateway. */
const keptHere = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date', 'server']);

function headersOf({ headers, requestId }: FlowRequest, connection: Connection): Record<string, string> {
  const sent: Record<string, string> = { 'x-ms-client-request-id': requestId };
  for (const name of passedThere) {
    const value = headers[name];
    if (typeof value === 'string') sent[name] = value;
  }
  return connection.authorization === null ? sent : { ...sent, authorization: connection.authorization };
}

/** The body up to the limit; null when it is longer. */
async function bounded(body: Dispatcher.ResponseData['body'], limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let seen = 0;
  for await (const chunk of body) {
    // undici gives buffers unless an encoding is set.
    const bytes = chunk as Buffer;
    seen += bytes.length;
    if (seen > limit) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Calls what is behind the gateway and answers as the platform does; never throws, never follows a redirect. */
export async function callTarget(
  connection: Connection,
  asked: FlowRequest,
  limits: GatewayLimits,
): Promise<GatewayAnswer> {
  const late = AbortSignal.timeout(limits.synchronousMs);
  const agent = new Agent({ connect: connection.ca === undefined ? {} : { ca: connection.ca } });
  try {
    const answer = await request(connection.target + asked.path, {
      dispatcher: agent,
      // The connector's definition has no other methods than HTTP's own.
      method: asked.method as Dispatcher.HttpMethod,
      headers: headersOf(asked, connection),
      body: asked.body,
      signal: late,
    });
    const body = await bounded(answer.body, limits.answerBytes);
    if (body === null) return gatewayAnswers.answerTooLarge(asked.requestId);
    const headers = Object.entries(answer.headers).flatMap(([name, value]) =>
      typeof value === 'string' && !keptHere.has(name) ? [[name, value] as const] : [],
    );
    return { status: answer.statusCode, headers: Object.fromEntries(headers), body };
  } catch {
    return late.aborted ? gatewayAnswers.timedOut(asked.requestId) : gatewayAnswers.unreachable(asked.requestId);
  } finally {
    await agent.destroy();
  }
}
