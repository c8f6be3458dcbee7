const { dirname, join, resolve, sep } = require('node:path');
const Runtime = require('jest-runtime').default;
const WorkerEnvironment = require('./worker-environment.cjs');

/** Tests and their helpers may keep something between two tests of a file: each file loads them anew. */
const tests = join(__dirname, '..') + sep;
const staysLoaded = (path) => !path.startsWith(tests);

/** Modules that stay, by path, and where stack traces find their source. */
const loaded = new Map();
const sourceMaps = new Map();
/** `require.cache`: fastify would look for the name of each plug-in among all modules of the product, hundreds of times a file. */
const noCache = Object.freeze({});
/** Requires a module for the file that is being run. */
let requireNow;

/**
 * Loads the product and its packages once a worker, not once a file: loading is most of what a small test costs. It needs the one realm of
 * worker-environment.cjs, and modules that remember nothing from one caller to the next.
 */
class WorkerRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    const [, environment, , , , { collectCoverage }] = args;
    // Coverage counts for each file what it loads; a file may name an environment of its own.
    this.keeps = !collectCoverage && environment instanceof WorkerEnvironment;
    if (!this.keeps) return;
    requireNow = (from, name) => this.requireHere(from, name);
    this.transformCache.sourceMaps = sourceMaps;
    this.registries.requireCacheProxy = noCache;
    const registry = this.registries.getActiveCjsRegistry();
    for (const [path, module] of loaded) registry.set(path, module);
  }

  /** A module that has stayed asks the runtime of the file that loaded it, which is over. */
  requireModuleOrMock(from, name) {
    return this.keeps ? requireNow(from, name) : super.requireModuleOrMock(from, name);
  }

  requireHere(from, name) {
    const load = () => super.requireModuleOrMock(from, name);
    const isHelper = name.startsWith('.') && !staysLoaded(resolve(dirname(from), name));
    return staysLoaded(from) || isHelper ? load() : this._environment.keepingGlobals(load);
  }

  teardown() {
    if (this.keeps)
      for (const [path, module] of this.registries.getActiveCjsRegistry())
        if (module.loaded && staysLoaded(path)) loaded.set(path, module);
    super.teardown();
  }
}

module.exports = { __esModule: true, default: WorkerRuntime };
