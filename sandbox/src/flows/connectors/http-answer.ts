import { z } from 'zod';
import type { ConnectorAnswer } from '../engine/connector';
import type { JsonObject } from '../expression/json';

const body: z.ZodType<JsonObject> = z.record(z.string(), z.json());

/** An answer as a connector hands it to the flow; a body that is not JSON, such as an error page, is left out. */
export async function httpAnswer(response: Response): Promise<ConnectorAnswer> {
  const text = await response.text();
  return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: read(text) };
}

function read(text: string): JsonObject | null {
  try {
    return body.parse(JSON.parse(text));
  } catch {
    // Error pages of proxies and gateways are no JSON; the status says enough.
    return null;
  }
}
