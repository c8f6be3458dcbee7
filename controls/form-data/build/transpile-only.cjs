// What pcf-scripts adds to its webpack configuration: each control is translated without a type check of its own. `npm run typecheck`
// looks at all of them together, and the builds take two thirds of the time.
'use strict';

class TranspileOnly {
  apply(compiler) {
    for (const { use } of compiler.options.module.rules)
      for (const loader of Array.isArray(use) ? use : [])
        if (/[\\/]ts-loader[\\/]/.test(loader.loader)) loader.options = { ...loader.options, transpileOnly: true };
  }
}

module.exports = { plugins: [new TranspileOnly()] };
