import { randomBytes } from 'node:crypto';
import { type Language, type SignInOutcome, signInOutcomeText } from '@crmjira/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AtlassianServer } from '../../connections/personal/oauth/atlassian-server';
import { longestTicket, startTickets, type Wish } from '../../connections/personal/oauth/sealed-ticket';
import { classifyError } from '../../platform/errors/classify-error';
import type { Keyring } from '../../platform/secrets/service-keys';
import type { Store } from '../../queue/store/store';
import type { EntraSignIn } from './entra-sign-in';
import { verifyKey } from '../authenticate/verify-key';
import { type Flow, flowCookie } from './flow-cookie';
import { pagePolicy, signInPage } from './sign-in-page';

export interface SignInRoutesOptions {
  readonly publicUrl: string;
  readonly keyring: Pick<Keyring, 'current' | 'find'>;
  /** Remembers what was used, for every replica and over restarts. */
  readonly store: Pick<Store, 'receive'>;
  readonly entra: EntraSignIn;
  readonly atlassian: Pick<AtlassianServer, 'authorizeUrl' | 'issuer'>;
  /** Object id in Entra of a user who may work in Dynamics; null: there is none. */
  readonly objectIdOf: (userId: string) => Promise<string | null>;
  /** Exchanges Atlassian's code, tests and stores. */
  readonly finish: (wish: Wish, code: string) => Promise<{ readonly ok: boolean; readonly text: string }>;
  readonly now: () => Date;
}

const start = z.object({ ticket: z.string().max(longestTicket) });
/** What an authorization server sends a browser back with. A parameter that comes twice is a list, and is refused. */
const back = z.object({
  state: z.string().min(1).max(200),
  code: z.string().min(1).max(10_000).optional(),
  error: z.string().max(200).optional(),
  /** RFC 9207; not sent by all. */
  iss: z.string().max(500).optional(),
});
type Back = z.output<typeof back>;

const random = (): string => randomBytes(32).toString('base64url');

const languageOf = ({ headers }: FastifyRequest): Language =>
  /^\s*fr\b/i.test(headers['accept-language'] ?? '') ? 3084 : 1033;

/**
 * The browser's way of signing in with Atlassian (R-1822): from the ticket of a command to Entra, which says who sits there, from there
 * to Atlassian, and back. Each half comes back to an address of its own, so that no answer of one passes for the other's; what it brings
 * counts once, within ten minutes, in the browser that began.
 */
export async function signInRoutes(app: FastifyInstance, options: SignInRoutesOptions): Promise<void> {
  const { publicUrl, keyring, store, entra, atlassian, objectIdOf, finish, now } = options;
  const cookie = flowCookie(keyring, publicUrl, now);
  const startTicket = startTickets(keyring, now);

  /** False where it was used before. */
  const useOnce = async (id: string, correlationId: string): Promise<boolean> =>
    (await store.receive({
      id: `atlassian-sign-in.${id}`,
      source: 'dataverse',
      event: 'atlassian-sign-in',
      keys: [],
      ignoredBecause: 'a step of a sign-in is taken once',
      bodyHash: '',
      correlationId,
      receivedAt: now().getTime(),
    })) === 'stored';

  const page = (reply: FastifyReply, status: number, ok: boolean, text: string, language: Language): FastifyReply =>
    reply
      .status(status)
      .type('text/html; charset=utf-8')
      .header('content-security-policy', pagePolicy)
      .send(signInPage(ok, text, language));
  const refuse = (reply: FastifyReply, status: number, outcome: SignInOutcome, language: Language): FastifyReply =>
    page(reply, status, false, signInOutcomeText(outcome, language), language);
  const goOn = (reply: FastifyReply, flow: Flow, url: string): FastifyReply =>
    reply.header('set-cookie', cookie.write(flow)).redirect(url, 303);

  /** What the browser was sent away with, where what it brings back is the answer to that; null: it is not. */
  async function answered<At extends Flow['at']>(
    request: FastifyRequest,
    at: At,
    issuer: string,
  ): Promise<{ readonly flow: Extract<Flow, { at: At }>; readonly said: Back } | null> {
    const said = back.safeParse(request.query).data;
    const flow = await cookie.read(request.headers.cookie);
    if (said === undefined || flow?.at !== at || !verifyKey(said.state, [flow.state])) return null;
    if (said.iss !== undefined && said.iss !== issuer) return null;
    // The kind was just compared; TypeScript does not follow it into a generic.
    return (await useOnce(`state.${flow.state}`, request.id))
      ? { flow: flow as Extract<Flow, { at: At }>, said }
      : null;
  }

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('referrer-policy', 'no-referrer');
  });
  // Addresses carry codes: what fails here is told without them.
  app.setErrorHandler((error, request, reply) => {
    request.log.warn({ reason: classifyError(error).message }, 'sign-in with Atlassian failed');
    return refuse(reply, 503, 'unknown', languageOf(request));
  });
  const route = (url: string, handler: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>): void =>
    // A look at the headers alone must not use anything up.
    void app.route({ method: 'GET', url, exposeHeadRoute: false, handler });

  route('/oauth/atlassian/start', async (request, reply) => {
    const { data } = start.safeParse(request.query);
    const ticket = data === undefined ? null : await startTicket.read(data.ticket);
    if (ticket === null || !(await useOnce(`ticket.${ticket.id}`, request.id)))
      return refuse(reply, 400, 'used-link', ticket?.content.language ?? languageOf(request));
    const binding = { state: random(), nonce: random(), verifier: random() };
    return goOn(reply, { at: 'entra', wish: ticket.content, ...binding }, entra.authorizeUrl(binding));
  });

  route('/oauth/entra/callback', async (request, reply) => {
    const found = await answered(request, 'entra', entra.issuer);
    if (found === null) return refuse(reply, 400, 'other-browser', languageOf(request));
    const { flow, said } = found;
    const { wish } = flow;
    reply.header('set-cookie', cookie.end);
    if (said.error !== undefined || said.code === undefined) return refuse(reply, 400, 'microsoft', wish.language);
    const objectId = await entra.redeem(said.code, flow).catch((error: unknown) => {
      request.log.warn({ reason: classifyError(error).message }, 'Entra did not confirm who signs in');
      return null;
    });
    if (objectId === null) return refuse(reply, 502, 'microsoft', wish.language);
    if (objectId !== (await objectIdOf(wish.userId))) {
      request.log.warn({ connection: wish.connectionId }, 'another person came for a sign-in with Atlassian');
      return refuse(reply, 403, 'other-person', wish.language);
    }
    reply.removeHeader('set-cookie');
    const state = random();
    return goOn(reply, { at: 'atlassian', wish, state }, atlassian.authorizeUrl(state));
  });

  route('/oauth/atlassian/callback', async (request, reply) => {
    const found = await answered(request, 'atlassian', atlassian.issuer);
    if (found === null) return refuse(reply, 400, 'other-browser', languageOf(request));
    const {
      flow: { wish },
      said: { code, error },
    } = found;
    const { language, connectionId: connection } = wish;
    reply.header('set-cookie', cookie.end);
    if (error !== undefined || code === undefined)
      return refuse(reply, 400, error === 'access_denied' ? 'not-allowed' : 'atlassian', language);
    const { ok, text } = await finish(wish, code);
    request.log.info({ connection, ok, ...(ok ? {} : { reason: text }) }, 'sign-in with Atlassian ended');
    return page(reply, ok ? 200 : 400, ok, text, language);
  });
}
