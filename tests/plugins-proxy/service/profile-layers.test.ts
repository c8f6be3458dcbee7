import { layerShares, modulesOf } from '../../bench/profile-layers';

const bundle = [
  '"use strict";',
  'var require_fastify = __commonJS({',
  '  "node_modules/fastify/fastify.js"(exports, module) {',
  '    function routing() {}',
  '  }',
  '});',
  '// plugins-proxy/src/queue/store/sqlite/open-sqlite-store.ts',
  'function receive() {}',
].join('\n');

const frame = (id: number, functionName: string, url: string, lineNumber: number, children: number[] = []) => ({
  id,
  callFrame: { functionName, scriptId: '1', url, lineNumber, columnNumber: 0 },
  children,
});

test('a readable bundle tells for each line which module it came from', () => {
  const moduleOf = modulesOf(bundle);
  expect([0, 3, 7].map(moduleOf)).toEqual([
    '',
    'node_modules/fastify/fastify.js',
    'plugins-proxy/src/queue/store/sqlite/open-sqlite-store.ts',
  ]);
});

test('a profile is added up by layer: native code for its caller, written bytes for the sockets, idle time for nobody', () => {
  const profile = {
    nodes: [
      frame(1, '(root)', '', 0, [2, 3, 5, 7, 8]),
      frame(2, '(idle)', '', 0),
      frame(3, 'receive', 'file:///bundle.cjs', 7, [4]),
      frame(4, 'run', '', 0),
      frame(5, 'onwrite', 'node:internal/stream_base_commons', 10, [6]),
      frame(6, 'writeUtf8String', '', 0),
      frame(7, 'routing', 'file:///bundle.cjs', 3),
      frame(8, '(garbage collector)', '', 0),
    ],
    startTime: 0,
    endTime: 1_000,
    samples: [2, 3, 4, 5, 6, 7, 8],
    timeDeltas: [500, 10, 40, 10, 20, 15, 5],
  };
  expect(Object.fromEntries(layerShares(profile, modulesOf(bundle)))).toEqual({
    store: 0.5,
    'sockets: writing': 0.2,
    fastify: 0.15,
    'HTTP and streams of node': 0.1,
    'garbage collection': 0.05,
  });
});
