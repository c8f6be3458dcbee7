import Fastify from 'fastify';
import { afterAnswersOf } from '../../../plugins-proxy/src/operations/metrics/after-answers-of';

test('what is chosen for a route is done once after each of its answers, of plugins and of HEAD too, beside hooks of its own', async () => {
  const app = Fastify();
  const done: string[] = [];
  afterAnswersOf(app, (url) =>
    url.startsWith('/counted') ? (request, reply) => done.push(`${request.method} ${url} ${reply.statusCode}`) : null,
  );
  app.register(async (plugin) => {
    plugin.get('/counted', { onResponse: async () => void done.push('its own') }, async () => 'x');
    plugin.get('/counted/failing', async () => Promise.reject(new Error('broken')));
    plugin.get('/other', async () => 'x');
  });
  for (const [method, url] of [
    ['GET', '/counted'],
    ['HEAD', '/counted'],
    ['GET', '/counted/failing'],
    ['GET', '/other'],
    ['GET', '/counted/unknown'],
  ] as const)
    await app.inject({ method, url });
  expect(done).toEqual(['its own', 'GET /counted 200', 'its own', 'HEAD /counted 200', 'GET /counted/failing 500']);
  await app.close();
});
