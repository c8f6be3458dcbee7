import { XMLParser } from 'fast-xml-parser';
import { request } from 'undici';
import { z } from 'zod';
import type { Endpoint } from './registered-steps';

/** Milliseconds; learn.microsoft.com "Use webhooks": the service waits 60 seconds. */
const timeout = 60_000;

/** Bytes; above it InputParameters, images and ParentContext are left out of the body. */
const maximumBody = 256 * 1024;

export interface Delivery {
  readonly endpoint: Endpoint;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type DeliveryResult =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'failed'; readonly reason: string; readonly timedOut: boolean };

const settingsShape = z.object({
  settings: z.object({ setting: z.array(z.object({ name: z.string(), value: z.string() })) }),
});

const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => name === 'setting',
  parseAttributeValue: false,
});

/** `<settings><setting name="x-key" value="…"/></settings>`, as the plug-in registration tool writes it. */
function settings(authValue: string): readonly { readonly name: string; readonly value: string }[] {
  const parsed = settingsShape.safeParse(xml.parse(authValue));
  return parsed.success ? parsed.data.settings.setting : [];
}

export const isLoopback = (url: URL): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);

/** Cuts the context down where it is too large, and adds the headers that tell what it is about. */
export function makeDelivery(endpoint: Endpoint, context: Readonly<Record<string, unknown>>, host: string): Delivery {
  const whole = JSON.stringify(context);
  const exceeded = Buffer.byteLength(whole) > maximumBody;
  const body = exceeded
    ? JSON.stringify({
        ...context,
        InputParameters: [],
        PreEntityImages: [],
        PostEntityImages: [],
        ParentContext: null,
      })
    : whole;
  return {
    endpoint,
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-ms-dynamics-organization': host,
      'x-ms-dynamics-entity-name': String(context.PrimaryEntityName),
      'x-ms-dynamics-request-name': String(context.MessageName),
      'x-ms-correlation-request-id': String(context.CorrelationId),
      ...(exceeded ? { 'x-ms-dynamics-msg-size-exceeded': 'true' } : {}),
    },
  };
}

/** Posts to the endpoint under its kind of authentication. Never throws; nothing but this machine is ever called. */
export async function callEndpoint({ endpoint, body, headers }: Delivery): Promise<DeliveryResult> {
  if (!URL.canParse(endpoint.url)) return { kind: 'failed', reason: 'the endpoint has no valid URL', timedOut: false };
  const url = new URL(endpoint.url);
  if (!isLoopback(url)) return { kind: 'failed', reason: `${url.hostname} is not on this machine`, timedOut: false };
  const more: Record<string, string> = {};
  if (endpoint.authType === 4) url.searchParams.set('code', endpoint.authValue);
  if (endpoint.authType === 5)
    for (const { name, value } of settings(endpoint.authValue)) more[name.toLowerCase()] = value;
  if (endpoint.authType === 6)
    for (const { name, value } of settings(endpoint.authValue)) url.searchParams.set(name, value);
  try {
    const answer = await request(url, {
      method: 'POST',
      body,
      headers: { ...headers, ...more },
      headersTimeout: timeout,
      bodyTimeout: timeout,
      signal: AbortSignal.timeout(timeout),
    });
    await answer.body.dump();
    return { kind: 'answered', status: answer.statusCode };
  } catch (error) {
    const timedOut = error instanceof Error && /Timeout/.test(error.name);
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error), timedOut };
  }
}
