import type { ServerResponse } from 'node:http';
import { type Dispatcher, errors } from 'undici';
import type { IncomingHttpHeaders } from 'undici/types/header';
import { bodyLimit } from '../webhooks/raw-body';
import { isJson } from '../../platform/http-client/is-json';
import { answerHeaders, announcedLength } from './relay-headers';
import { RelayRefusal } from './relay-refusal';

/** Passed on, or an answer that must be mapped first. */
export type Forwarded =
  | { readonly passed: true; readonly status: number }
  | { readonly passed: false; readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string };

/** Where one answer of Jira goes, and who hears of its end. */
export interface PassAnswerOptions {
  readonly response: ServerResponse;
  readonly correlationId: string;
  /** Called before the first byte goes to `response`; from then on nobody else may answer. */
  readonly onStart: () => void;
  /** Either this or `onError` is called, once. */
  readonly onDone: (forwarded: Forwarded) => void;
  /** With a RelayRefusal, or undici's error when there was no answer or only a part of it. */
  readonly onError: (error: Error) => void;
}

/** Of an error of Jira this much is read, in bytes; its words stand at the beginning. */
const errorBytes = 64 * 1024;

function isData(status: number, headers: IncomingHttpHeaders, announced: number | null): boolean {
  if (status < 200 || status >= 300) return false;
  // Wrong credentials may pass as an anonymous 200; Jira says so here.
  const reason = headers['x-seraph-loginreason'];
  if (reason !== undefined && /AUTHENTICATED_FAILED|AUTHENTICATION_DENIED/.test(String(reason))) return false;
  return status === 204 || announced === 0 || isJson(headers['content-type']);
}

/**
 * Streams an answer of Jira to the caller: a slow reader slows Jira's sending down, a caller that goes away ends it. Written against
 * undici's handler because its `stream` puts two more streams between the sockets, which cost a third of a relayed request.
 */
export class PassAnswer implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | null = null;
  private status = 0;
  private headers: IncomingHttpHeaders = {};
  private passes = false;
  /** Bytes that are announced; null when the answer does not say. */
  private announced: number | null = null;
  private seen = 0;
  private readonly kept: Buffer[] = [];
  private settled = false;

  constructor(private readonly options: PassAnswerOptions) {
    // Comes after the last byte has gone to the system, and also when the caller has left before that.
    options.response.once('close', () => this.closed());
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // Thrown, the request ends and its connection lives on; `abort` would close a connection for each caller that left the queue.
    if (this.settled) throw new errors.RequestAbortedError('The caller has gone.');
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    // Interim answers (1xx) are between us and Jira.
    if (status < 200) return;
    this.status = status;
    this.headers = headers;
    this.announced = announcedLength(headers);
    this.passes = isData(status, headers, this.announced);
    if (!this.passes) return;
    if (this.announced !== null && this.announced > bodyLimit) {
      controller.abort(new RelayRefusal('answerTooLarge'));
      return;
    }
    this.options.onStart();
    this.options.response.writeHead(status, answerHeaders(headers, this.options.correlationId));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const before = this.seen;
    this.seen += chunk.length;
    if (this.passes) this.pass(controller, chunk, before === 0);
    else if (before < errorBytes) this.kept.push(chunk.subarray(0, errorBytes - before));
  }

  onResponseEnd(): void {
    const { status, headers } = this;
    if (!this.passes)
      this.settle(() =>
        this.options.onDone({ passed: false, status, headers, text: Buffer.concat(this.kept).toString() }),
      );
    else if (!this.options.response.writableEnded) this.options.response.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.settle(() => this.options.onError(error));
  }

  private pass(controller: Dispatcher.DispatchController, chunk: Buffer, first: boolean): void {
    const { response } = this.options;
    // Its `close` has ended the call or is about to.
    if (response.destroyed) return;
    if (this.seen > bodyLimit) controller.abort(new RelayRefusal('answerTooLarge'));
    // The whole answer in one piece, as text byte by byte: node then sends head and body in one write.
    else if (first && this.seen === this.announced) response.end(chunk.toString('latin1'), 'latin1');
    else if (!response.write(chunk)) {
      controller.pause();
      response.once('drain', () => controller.resume());
    }
  }

  private closed(): void {
    if (this.passes && this.options.response.writableFinished)
      this.settle(() => this.options.onDone({ passed: true, status: this.status }));
    else if (!this.settled) {
      const gone = new errors.RequestAbortedError('The caller has gone.');
      this.controller?.abort(gone);
      this.settle(() => this.options.onError(gone));
    }
  }

  private settle(tell: () => void): void {
    if (this.settled) return;
    this.settled = true;
    tell();
  }
}
