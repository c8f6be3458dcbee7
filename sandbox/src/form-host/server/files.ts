import { entryOf } from '@crmjira/domain';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { webResourcePolicy } from './guard';
import { findBuiltControls } from './read-control';
import type { HostFolders } from './host-folders';

/** Platform libraries as the model-driven app gives them to virtual controls: React 16.14.0 and Fluent 8.121.1. */
const platformFiles: Readonly<Record<string, string>> = {
  'react.js': join(dirname(require.resolve('react/package.json')), 'umd', 'react.production.min.js'),
  'react-dom.js': join(dirname(require.resolve('react-dom/package.json')), 'umd', 'react-dom.production.min.js'),
  'fluent.js': join(dirname(require.resolve('@fluentui/react/package.json')), 'dist', 'fluentui-react.umd.js'),
};

/** Static files: platform libraries, the page's own bundle, controls and web resources as they are built for a tenant. */
export function fileRoutes(app: FastifyInstance, folders: HostFolders): void {
  app.register(fastifyStatic, { root: folders.page, serve: false, cacheControl: true, maxAge: 0 });

  app.get<{ Params: { file: string } }>('/platform/:file', async (request, reply) => {
    const path = entryOf(platformFiles, request.params.file);
    if (!path) return reply.status(404).send();
    return reply.sendFile(path.slice(dirname(path).length + 1), dirname(path));
  });
  app.get<{ Params: { '*': string } }>('/host/*', (request, reply) =>
    reply.sendFile(request.params['*'], folders.page),
  );
  app.get<{ Params: { name: string; '*': string } }>('/controls/:name/*', async (request, reply) => {
    const control = findBuiltControls(folders.controls).find(
      ({ definition }) => definition.name === request.params.name,
    );
    if (!control) return reply.status(404).send();
    return reply.sendFile(request.params['*'], control.folder);
  });
  // A web resource's name is its path in the tenant; its built file has the same last part.
  app.get<{ Params: { '*': string } }>('/WebResources/*', (request, reply) => {
    const file = request.params['*'].split('/').at(-1) ?? '';
    if (file.endsWith('.html')) reply.header('content-security-policy', webResourcePolicy);
    return reply.sendFile(file, folders.webResources);
  });
}
