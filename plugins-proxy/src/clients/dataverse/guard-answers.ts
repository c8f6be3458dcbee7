import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { AnswerTooLong, longestAnswer } from '../../platform/http-client/answer-too-long';

/** Hosts whose answers are guarded, as they stand in the `host` header. */
const hosts = new Set<string>();
let listening = false;

/**
 * The client library keeps of an answer whatever comes; one without an end would take all memory (F-306). It also reads it in listeners of its own: what they throw, as for JSON that breaks off, would end the process, and
 * an answer that is cut off after its headers would leave the caller waiting for ever. Both become an error of the request, which the
 * library hands to its caller.
 */
function guard({ request, response }: { readonly request: ClientRequest; readonly response: IncomingMessage }): void {
  const fail = (error: unknown): void => void request.emit('error', error);
  response.on('error', fail);
  const emit = response.emit.bind(response);
  let length = 0;
  response.emit = (event: string | symbol, ...args: unknown[]): boolean => {
    if (event === 'data') {
      // Text, as the library has it decoded: a character is a byte at least.
      length += String(args[0]).length;
      if (length > longestAnswer) {
        response.destroy(new AnswerTooLong('Dataverse', longestAnswer));
        return false;
      }
    }
    if (event !== 'end') return emit(event, ...args);
    try {
      return emit(event, ...args);
    } catch (error) {
      fail(error);
      return true;
    }
  };
}

/** From now on no answer of this address can end the process, fill its memory or be waited for without end. */
export function guardAnswers(url: string): void {
  const { host, protocol } = new URL(url);
  hosts.add(host);
  // Behind a proxy of the environment the library writes that one into the header.
  const proxy = process.env[`${protocol.slice(0, -1)}_proxy`];
  if (proxy !== undefined && URL.canParse(proxy)) hosts.add(new URL(proxy).host);
  if (listening) return;
  listening = true;
  subscribe('http.client.response.finish', (message) => {
    // The channel's messages are documented by Node, but untyped.
    const announced = message as { readonly request: ClientRequest; readonly response: IncomingMessage };
    if (hosts.has(String(announced.request.getHeader('host')))) guard(announced);
  });
}
