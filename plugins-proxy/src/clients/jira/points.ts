import type { z } from 'zod';
import type { HttpCall, HttpClient } from '../../platform/http-client/http-client';

/** What some calls have cost. */
export interface JiraCost {
  readonly requests: number;
  /**
   * Points of Jira Cloud's hourly quota: one a request, and of a read one more for each issue or project that it brings, two for each
   * person (developer.atlassian.com/cloud/jira/platform/rate-limiting). Data Center counts requests only, and has no points.
   */
  readonly points: number;
}

/** Objects of an answer that Jira counts: the entries of a list, or the one that was asked for. */
function objectsOf(answer: unknown): number {
  if (Array.isArray(answer)) return answer.length;
  if (typeof answer !== 'object' || answer === null) return 0;
  const list = 'issues' in answer ? answer.issues : 'values' in answer ? answer.values : null;
  return Array.isArray(list) ? list.length : 'id' in answer || 'displayName' in answer ? 1 : 0;
}

const ofPeople = /\/(myself|user|users|group|groups)(\/|$)/;

/** What the price of a call goes by. */
type PricedCall = Pick<HttpCall<z.ZodType>, 'method' | 'reads' | 'path'>;

/** Points of one call by what it has brought. Pure. */
export function pointsOf({ method, reads, path }: PricedCall, answer: unknown): number {
  const isRead = method === 'GET' || reads === true;
  return 1 + (isRead ? objectsOf(answer) * (ofPeople.test(path) ? 2 : 1) : 0);
}

/** The client with its calls counted; what is sent again after a failure is not. */
export function countCalls(http: HttpClient): { readonly http: HttpClient; readonly cost: () => JiraCost } {
  let [requests, points] = [0, 0];
  async function counted<T>(call: PricedCall, send: () => Promise<T>): Promise<T> {
    requests += 1;
    let price = 1;
    try {
      const answer = await send();
      price = pointsOf(call, answer);
      return answer;
    } finally {
      points += price;
    }
  }
  return {
    http: {
      call: (given) => counted(given, () => http.call(given)),
      find: (given) => counted(given, () => http.find(given)),
      close: () => http.close(),
    },
    cost: () => ({ requests, points }),
  };
}
