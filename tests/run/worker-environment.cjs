const { TestEnvironment } = require('jest-environment-node');

/** The realm of this worker, made with its first file. */
let realm;
let variables;
/** Symbols under which jest keeps the state of a file on the globals; packages name theirs otherwise, and their modules stay. */
const ofTheFramework = /^(\$\$jest|[A-Z_]+$)/;

/**
 * One realm for every file that a worker runs, so that modules can stay loaded from one file to the next (worker-runtime.cjs). What a file
 * may leave behind is put right after it: the clock, environment variables and globals.
 */
class WorkerEnvironment {
  constructor(config, context) {
    realm ??= new TestEnvironment(config, context);
    const { global, moduleMocker, fakeTimers, fakeTimersModern } = realm;
    variables ??= { ...global.process.env };
    Object.assign(this, { global, moduleMocker, fakeTimers, fakeTimersModern });
    this.exit = global.process.exit;
    this.before = Object.getOwnPropertyDescriptors(global);
  }

  async setup() {}

  /** Does what loads a module that stays: globals that come with it stay too. */
  keepingGlobals(load) {
    const before = new Set(Object.getOwnPropertyNames(this.global));
    try {
      return load();
    } finally {
      for (const name of Object.getOwnPropertyNames(this.global))
        if (!before.has(name)) this.before[name] = Object.getOwnPropertyDescriptor(this.global, name);
    }
  }

  async teardown() {
    const { global, before, exit } = this;
    this.fakeTimersModern.useRealTimers();
    const { env } = global.process;
    for (const name of Object.keys(env)) if (!(name in variables)) delete env[name];
    Object.assign(env, variables);
    global.process.exit = exit;
    for (const symbol of Object.getOwnPropertySymbols(global))
      if (ofTheFramework.test(symbol.description ?? '')) delete global[symbol];
    for (const name of Object.getOwnPropertyNames(global)) {
      const former = before[name];
      if (former === undefined) delete global[name];
      else if (former.configurable && former.value !== Object.getOwnPropertyDescriptor(global, name).value)
        Object.defineProperty(global, name, former);
    }
    this.global = null;
  }

  exportConditions() {
    return realm.exportConditions();
  }

  getVmContext() {
    return this.global === null ? null : realm.getVmContext();
  }
}

module.exports = WorkerEnvironment;
