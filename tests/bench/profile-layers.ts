import type { Profiler } from 'node:inspector';

/** Where the time of a thread goes, by what it serves; shares of the time in which it was not idle. */
export type LayerShares = ReadonlyMap<string, number>;

interface Frame {
  readonly name: string;
  /** Module of the bundle, `node:…` for node's own, empty for native code. */
  readonly module: string;
}

const packages = (...names: readonly string[]): RegExp => new RegExp(`node_modules/(${names.join('|')})/`);

/** Native functions that hand bytes to the system. */
const writing = /^(writev|writeBuffer|write(Latin1|Utf8|Ascii|Ucs2)String|writeString)$/;

/** The first that fits is it. */
const layers: readonly (readonly [string, (frame: Frame) => boolean])[] = [
  ['garbage collection', ({ name }) => name === '(garbage collector)'],
  ['sockets: reading, waiting, the event loop', ({ name }) => name === '(program)'],
  ['sockets: writing', ({ name, module }) => module === '' && writing.test(name)],
  ['signature and hashes', ({ module }) => module.startsWith('node:internal/crypto') || /verify-\w+\.ts$/.test(module)],
  [
    'JSON and schema',
    ({ name, module }) => name === 'parseJson' || packages('zod').test(module) || /-payload\.ts$/.test(module),
  ],
  ['log', ({ module }) => /src\/log\//.test(module) || packages('pino', '@pinojs', 'sonic-boom').test(module)],
  ['metrics', ({ module }) => /src\/metrics\//.test(module) || packages('prom-client').test(module)],
  [
    'store',
    ({ module }) =>
      /src\/store\//.test(module) ||
      packages('pg', 'pg-[\\w-]+', 'postgres-[\\w-]+').test(module) ||
      /sqlite/.test(module),
  ],
  ['routes', ({ module }) => module.startsWith('plugins-proxy/')],
  ['HTTP and streams of node', ({ module }) => module.startsWith('node:')],
  ['fastify', ({ module }) => module.includes('node_modules/')],
];
const rest = 'other';

/**
 * The modules of a readable bundle of esbuild, by line: it writes each one's path before it.
 * @returns gives the path for a line, counted from 0
 */
export function modulesOf(bundle: string): (line: number) => string {
  let module = '';
  const byLine = bundle.split('\n').map((text) => {
    module =
      /^(?:\/\/ ((?:\.\.\/)*[\w@./-]+\.[cm]?[jt]s)|\s+"(node_modules\/[^"]+)"\(.*\{)$/
        .exec(text)
        ?.slice(1)
        .find(Boolean) ?? module;
    return module;
  });
  return (line) => byLine[line] ?? '';
}

/** Adds a CPU profile up by layer. Native code counts for who called it, bytes on their way out for the sockets. */
export function layerShares(profile: Profiler.Profile, moduleOf: (line: number) => string): LayerShares {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(profile.nodes.flatMap(({ id, children }) => (children ?? []).map((child) => [child, id])));
  const frameOf = (id: number): Frame => {
    const {
      functionName: name,
      url,
      lineNumber,
    } = nodes.get(id)?.callFrame ?? { functionName: '', url: '', lineNumber: 0 };
    return { name, module: url === '' || url.startsWith('node:') ? url : moduleOf(lineNumber) };
  };
  const layerOf = (id: number): string => {
    const frame = frameOf(id);
    const found = layers.find(([, fits]) => fits(frame))?.[0];
    const parent = parents.get(id);
    if (found !== undefined || frame.module !== '' || parent === undefined) return found ?? rest;
    return layerOf(parent);
  };
  const times = new Map<string, number>();
  let busy = 0;
  for (const [index, id] of (profile.samples ?? []).entries()) {
    if (frameOf(id).name === '(idle)') continue;
    const time = Math.max(0, profile.timeDeltas?.[index] ?? 0);
    const layer = layerOf(id);
    busy += time;
    times.set(layer, (times.get(layer) ?? 0) + time);
  }
  return new Map([...times].sort(([, a], [, b]) => b - a).map(([layer, time]) => [layer, time / busy]));
}
