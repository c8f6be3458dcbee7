import { type Dispatcher, request } from 'undici';
import { classifyError } from '../../platform/errors/classify-error';
import { type Current, current } from '../../platform/http-client/current';
import { longestSmallAnswer } from '../../platform/http-client/answer-too-long';
import { readText } from '../../platform/http-client/read-text';
import { traceHeaders } from '../../platform/tracing/spans';
import { forwardProxyOf, refusedTunnel } from './forward-proxy';

/** What a sign-in service answered. */
export interface TokenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** From JSON; an empty object where it was none, or too much of it. */
  readonly body: unknown;
}

async function parse(body: AsyncIterable<Uint8Array>): Promise<unknown> {
  try {
    return JSON.parse(await readText(body, { side: 'The sign-in service', most: longestSmallAnswer }));
  } catch {
    return {};
  }
}

/**
 * Asks a token endpoint, through the proxy of the environment where there is one.
 * @param straight connections without it
 * @throws IntegrationError where nothing answers
 */
export async function askTokenEndpoint(
  tokenUrl: string,
  form: Readonly<Record<string, string>>,
  timeoutMs: Current<number>,
  straight: Dispatcher,
): Promise<TokenAnswer> {
  // For this sign-in alone: the next is about an hour later.
  const proxy = forwardProxyOf(tokenUrl);
  try {
    const { statusCode, headers, body } = await request(tokenUrl, {
      dispatcher: proxy ?? straight,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...traceHeaders() },
      body: new URLSearchParams(form).toString(),
      headersTimeout: current(timeoutMs),
      bodyTimeout: current(timeoutMs),
    }).catch((error: unknown) => {
      throw refusedTunnel(error) ?? classifyError(error, 'The sign-in service');
    });
    return { status: statusCode, headers, body: await parse(body) };
  } finally {
    await proxy?.close();
  }
}
