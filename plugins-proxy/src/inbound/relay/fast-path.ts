import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { requestIdOf } from '../../platform/log/request-id';
import type { Admission } from './admission';
import type { Exchange } from './exchange';
import type { MappedAnswer } from './map-jira-answer';
import { relayPrefix } from './match-target';
import { httpAnswer, type Refused } from './refuse';
import type { RelayRefusal } from './relay-refusal';

export interface FastPath {
  readonly admission: Admission;
  readonly exchange: (exchange: Exchange) => void;
  readonly refuse: (refusal: RelayRefusal, refused: Refused) => Promise<MappedAnswer>;
  /** False while Fastify hooks are needed. */
  readonly isOpen: () => boolean;
  /** Told the status of each answer. */
  readonly onAnswered: (status: number) => void;
}

function writeAnswer(response: ServerResponse, answer: MappedAnswer, correlationId: string): void {
  const { status, headers, body } = httpAnswer(answer, correlationId);
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      ...headers,
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(text)),
    })
    .end(text);
}

const prefix = `${relayPrefix}/`;

/** @returns whether the request has been taken */
function take(door: FastPath, request: IncomingMessage, response: ServerResponse): boolean {
  const { method = '', url = '' } = request;
  if (method !== 'GET' || !url.startsWith(prefix) || !door.isOpen()) return false;
  const caller = door.admission.known(request);
  const target = caller === null ? null : door.admission.admitted(caller, request);
  if (caller === null || target === null) return false;
  const correlationId = requestIdOf(request.headers);
  const answer = (mapped: MappedAnswer): void => {
    // The caller has gone.
    if (response.destroyed) return;
    writeAnswer(response, mapped, correlationId);
    door.onAnswered(mapped.status);
  };
  door.exchange({
    caller,
    target,
    body: null,
    response,
    correlationId,
    onStart: () => undefined,
    onPassed: door.onAnswered,
    answer,
    refuse: (refusal) => void door.refuse(refusal, { correlationId, method, target: url, caller }).then(answer),
  });
  return true;
}

/**
 * Takes reads of callers that are known already before fastify sees them: its own work is a twentieth of a relayed request. Everything
 * else, and whatever would be refused, goes on to fastify as if nothing stood here.
 */
export function openFrontDoor(server: Server, door: FastPath): void {
  const behind = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!take(door, request, response)) for (const each of behind) each.call(server, request, response);
  });
}
