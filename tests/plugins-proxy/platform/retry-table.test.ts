import { IntegrationError } from '../../../plugins-proxy/src/platform/errors/integration-error';
import { readRetryAfter } from '../../../plugins-proxy/src/platform/http-client/read-retry-after';
import { decideRetry, longestPauseMs, maximumTries } from '../../../plugins-proxy/src/platform/http-client/retry-table';
import { withRetries } from '../../../plugins-proxy/src/platform/http-client/with-retries';
import { retryDelay } from '../../../plugins-proxy/src/queue/backoff';

const error = (
  over: Partial<{ errorClass: 'transient' | 'permanent' | 'configuration'; status: number; retryAfterMs: number }> = {},
) => new IntegrationError('x', { code: 'x', errorClass: over.errorClass ?? 'transient', ...over });

describe('the retry table', () => {
  test.each([
    ['a reading call that could not connect', error(), true, true],
    ['a creating call that could not connect: it may have happened', error(), false, false],
    ['503 to a reading call', error({ status: 503 }), true, true],
    ['503 to a creating call', error({ status: 503 }), false, false],
    ['429 to a reading call', error({ status: 429 }), true, true],
    ['429 to a creating call: it was refused before it began', error({ status: 429 }), false, true],
    ['412: the caller decides', error({ status: 412 }), true, false],
    ['401', error({ status: 401, errorClass: 'configuration' }), true, false],
    ['400', error({ status: 400, errorClass: 'permanent' }), true, false],
    [
      '429 that asks for a minute: the job waits, not the worker',
      error({ status: 429, retryAfterMs: 60_000 }),
      true,
      false,
    ],
  ])('%s', (_name, given, repeatable, expected) => {
    expect(decideRetry(given, 1, repeatable, 0.5).retry).toBe(expected);
  });

  test('waits as long as it was asked to', () => {
    expect(decideRetry(error({ status: 429, retryAfterMs: 2_000 }), 1, true, 0.5)).toEqual({
      retry: true,
      afterMs: 2_000,
    });
  });

  test('pauses grow, vary and end', () => {
    const pauses = Array.from({ length: maximumTries }, (_, n) => decideRetry(error(), n + 1, true, 1));
    expect(pauses).toEqual([
      { retry: true, afterMs: 250 },
      { retry: true, afterMs: 500 },
      { retry: true, afterMs: 1_000 },
      { retry: false },
    ]);
    expect(decideRetry(error(), 1, true, 0)).toEqual({ retry: true, afterMs: 125 });
  });

  test('a call is repeated until it succeeds, with the pauses of the table', async () => {
    const slept: number[] = [];
    const clock = { sleep: async (ms: number) => void slept.push(ms), random: () => 1 };
    let calls = 0;
    const result = await withRetries(
      async () => {
        calls += 1;
        if (calls < 3) throw error({ status: 503 });
        return 'done';
      },
      true,
      clock,
    );
    expect([result, calls, slept]).toEqual(['done', 3, [250, 500]]);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2025-01-20T17:30:00Z');
  test.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': 'Mon, 20 Jan 2025 17:30:30 GMT' }, 30_000],
    [{ 'x-ratelimit-reset': '2025-01-20T17:31Z' }, 60_000],
    [{ 'retry-after': '3', 'x-ratelimit-reset': '2025-01-20T17:31Z' }, 3_000],
    [{ 'retry-after': 'Mon, 20 Jan 2025 17:29:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    // Our clock is a day behind, or somebody asks for a year: an hour later is soon enough to hear it again.
    [{ 'retry-after': 'Tue, 21 Jan 2025 17:30:00 GMT' }, 3_600_000],
    [{ 'retry-after': '31536000' }, 3_600_000],
    [{ 'x-ratelimit-reset': '2026-01-20T17:30Z' }, 3_600_000],
    [{}, undefined],
  ])('%j', (headers, expected) => {
    expect(readRetryAfter(headers, now)).toBe(expected);
  });
});

describe('the pause of a failed job', () => {
  test('grows from seconds to minutes for trouble that passes', () => {
    const seconds = [1, 2, 5, 9, 19].map((attempt) => (retryDelay(error(), attempt, 0.5) ?? 0) / 1_000);
    expect(seconds).toEqual([2, 4, 32, 512, 600]);
  });

  test('ends in the dead letters', () => {
    expect(retryDelay(new IntegrationError('x', { code: 'unexpected', errorClass: 'transient' }), 20, 0.5)).toBeNull();
    expect(retryDelay(error({ errorClass: 'permanent' }), 1, 0.5)).toBeNull();
    expect(retryDelay(error({ errorClass: 'configuration' }), 15, 0.5)).toBeNull();
  });

  test('never ends in them for trouble that passes, however long it lasts (F-501)', () => {
    for (const attempts of [20, 21, 500, 100_000]) expect(retryDelay(error(), attempts, 0.5)).toBe(600_000);
  });

  test('gives an administrator time, and never less than was asked for', () => {
    expect(retryDelay(error({ errorClass: 'configuration' }), 1, 0.5)).toBe(60_000);
    expect(retryDelay(error({ status: 429, retryAfterMs: 90_000 }), 1, 0.5)).toBe(90_000);
    expect(longestPauseMs).toBeLessThan(90_000);
  });
});
