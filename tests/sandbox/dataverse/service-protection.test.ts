import { startDataverse, type Fixture } from './dataverse-fixture';
import { Limiter } from '../../../sandbox/src/dataverse/service-protection/limits';

describe('service protection', () => {
  it('answers 429 with Retry-After and a code above the requests of the window, by user', async () => {
    const f = await startDataverse({
      serviceProtection: { requests: 2, windowSeconds: 300, executionMilliseconds: 1e9, concurrent: 52 },
    });
    await f.call('GET', 'WhoAmI');
    const second = await f.call('GET', 'WhoAmI');
    expect(second.headers['x-ms-ratelimit-burst-remaining-xrm-requests']).toBe('0');
    const third = await f.call('GET', 'WhoAmI');
    expect(third.status).toBe(429);
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
    expect(third.json.error).toEqual({
      code: '0x80072322',
      message: 'Number of requests exceeded the limit of 2 over time window of 300 seconds.',
    });
    expect((await f.call('GET', 'WhoAmI', undefined, {}, 'opportunity.owner@company.com')).status).toBe(200);
    await f.dataverse.close();
  });

  it('has codes of their own for execution time and for concurrency, and forgets after the window', () => {
    let time = 0;
    const limiter = new Limiter(
      { requests: 100, windowSeconds: 300, executionMilliseconds: 1000, concurrent: 1 },
      () => time,
    );
    const first = limiter.enter('u');
    expect(() => limiter.enter('u')).toThrow(expect.objectContaining({ status: 429, code: '0x80072326' }));
    time = 1000;
    first.leave();
    expect(() => limiter.enter('u')).toThrow(expect.objectContaining({ status: 429, code: '0x80072321' }));
    time = 300_001;
    expect(limiter.enter('u').remaining).toBe(99);
  });
});

describe('fault switches', () => {
  let f: Fixture;
  beforeEach(async () => {
    f = await startDataverse();
  });
  afterEach(() => f.dataverse.close());
  const set = (fault: object) => f.dataverse.app.inject({ method: 'POST', url: '/sandbox/faults', payload: fault });

  it('hit as many requests as they say, then are gone', async () => {
    expect((await set({ status: 429, retryAfter: 7, count: 2 })).statusCode).toBe(201);
    const hit = await f.call('GET', 'WhoAmI');
    expect(hit).toMatchObject({
      status: 429,
      headers: { 'retry-after': '7' },
      json: { error: { code: '0x80072322' } },
    });
    expect((await f.call('GET', 'WhoAmI')).status).toBe(429);
    expect((await f.call('GET', 'WhoAmI')).status).toBe(200);
  });

  it('answer pages of a gateway, only on the path they name', async () => {
    await set({ status: 502, html: true, path: 'accounts' });
    expect((await f.call('GET', 'WhoAmI')).status).toBe(200);
    const hit = await f.call('GET', 'accounts');
    expect(hit).toMatchObject({ status: 502, headers: { 'content-type': 'text/html' } });
  });

  it('refuse nonsense and are cleared', async () => {
    expect((await set({ status: 42 })).statusCode).toBe(400);
    await set({ status: 503 });
    await f.dataverse.app.inject({ method: 'DELETE', url: '/sandbox/faults' });
    expect((await f.call('GET', 'WhoAmI')).status).toBe(200);
  });
});
