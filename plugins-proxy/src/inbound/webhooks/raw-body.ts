import type { Readable } from 'node:stream';
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { BodyAccount, BodyBudget } from './body-budget';
import { IntakeRefusal } from './intake-refusal';

/** Largest body that is read, in bytes: Jira's deliveries stay far below, the on-premises gateway ends at the same size. */
export const bodyLimit = 2 * 1024 * 1024;

/** Reads a body to its end. @throws BodiesTooLarge, or fastify's own errors for one that is too large, or cut short */
async function readBody(body: Readable, announced: string | undefined, account: BodyAccount): Promise<Buffer> {
  if (Number(announced) > bodyLimit) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
  const pieces: Buffer[] = [];
  let length = 0;
  await new Promise<void>((resolve, reject) => {
    const onData = (piece: Buffer): void => {
      length += piece.length;
      try {
        if (length > bodyLimit) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
        account.take(piece.length);
        pieces.push(piece);
      } catch (refusal) {
        body.off('data', onData);
        reject(refusal as Error);
      }
    };
    body.on('data', onData).once('end', resolve).once('error', reject);
  });
  if (announced !== undefined && Number(announced) !== length)
    throw new errorCodes.FST_ERR_CTP_INVALID_CONTENT_LENGTH();
  return Buffer.concat(pieces, length);
}

/**
 * Makes the routes of this scope take JSON alone; anything else is answered 415. What they hold of bodies counts against the budget
 * until the answer has left.
 * @param parse makes of the bytes what the handler sees
 */
export function acceptJson(
  app: FastifyInstance,
  budget: BodyBudget,
  parse: (body: Buffer, request: FastifyRequest) => unknown,
): void {
  const accounts = new WeakMap<object, BodyAccount>();
  app.removeAllContentTypeParsers();
  app.addHook('preParsing', (request, reply, payload, done) => {
    const account = budget.open();
    accounts.set(request, account);
    reply.raw.once('close', () => account.close());
    done(null, payload);
  });
  app.addContentTypeParser('application/json', async (request: FastifyRequest, payload: Readable) => {
    // The hook above runs before this for every request.
    const account = accounts.get(request) ?? budget.open();
    return parse(await readBody(payload, request.headers['content-length'], account), request);
  });
}

/** Makes the routes of this scope see the body as the bytes that were signed. */
export function acceptRawJson(app: FastifyInstance, budget: BodyBudget): void {
  acceptJson(app, budget, (body) => body);
}

/** The raw body; a request without one has nothing that a signature could cover. */
export function rawBody(request: FastifyRequest): Buffer {
  if (Buffer.isBuffer(request.body)) return request.body;
  throw new IntakeRefusal('badSignature');
}

/** First value of a header that may have been sent several times. */
export function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
