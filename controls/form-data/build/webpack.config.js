const { gzipSync } = require('node:zlib');
const { TEMP_NAMESPACE } = require('pcf-scripts/constants');
const { plugins } = require('./transpile-only.cjs');
// The one that webpack itself minifies with.
const Minimizer = require(require.resolve('minimizer-webpack-plugin', { paths: [require.resolve('webpack')] }));

/** Nothing of ours has a getter with effects, asks for Function.length or makes a text of a Symbol. */
const COMPRESS = { passes: 8, keep_fargs: false, pure_getters: true, unsafe: true };

/**
 * @param ownNames of properties that no other code reads, and that the bundle has shorter
 * @param moves whether a function that is called once moves to its call
 */
const terserOptions = (ownNames, moves) => ({
  ecma: 2020,
  compress: {
    ...COMPRESS,
    inline: 1,
    reduce_funcs: moves,
    lhs_constants: false,
    unsafe_arrows: true,
    unsafe_methods: true,
  },
  mangle:
    ownNames.length > 0 ? { properties: { regex: new RegExp(`^(?:${ownNames.join('|')})$`), builtins: true } } : true,
});
const SWC = {
  ecma: 2020,
  // A variable that terser has left is one that packs better than its value written twice.
  compress: { ...COMPRESS, ecma: 2020, collapse_vars: false, unsafe_arrows: true, unsafe_methods: true },
  mangle: true,
};

const terserThat = (moves) => (name, code, ownNames) =>
  Minimizer.terserMinify({ [name]: code }, undefined, terserOptions(ownNames, moves));
const terser = terserThat(true);
const swc = (name, code) => Minimizer.swcMinify({ [name]: code }, undefined, SWC);

/** Each finds what the other leaves: together 1 % less than the better one alone. Which order is best differs between the controls. */
const ORDERS = [
  [terser, swc],
  [swc, terser, swc],
  [swc, terserThat(false), swc],
];

/** Of every order the result, and of these the one that is smallest as it travels. */
async function minify(input, ownNames) {
  const [[name, source]] = Object.entries(input);
  const inOrder = async (order) => {
    let code = source;
    for (const minifier of order) {
      const result = await minifier(name, code, ownNames);
      if (result.errors?.length) throw result.errors[0];
      code = result.code;
    }
    return { code, packed: gzipSync(code, { level: 9 }).length };
  };
  const [smallest] = (await Promise.all(ORDERS.map(inOrder))).sort((a, b) => a.packed - b.packed);
  return { code: smallest.code };
}

/**
 * Merged into pcf-scripts' own settings, for every control: what the defaults leave over is hundreds of the bytes that a control may
 * have (docs/performance.md).
 * @param entry absolute path of the control's index.ts
 * @param ownNames names of properties that stay within this bundle: neither the platform, nor React, nor the store that the bundles
 * of a form share has one of that name (tests/controls/platform/own-names.test.ts)
 */
module.exports = (entry, ownNames = []) => ({
  entry: `${require.resolve('./register-loader.js')}?library=${TEMP_NAMESPACE}!${entry}`,
  // Names of modules in comments would become a licence file and a line about it.
  output: { pathinfo: false },
  // The loader has registered the class already. Merging cannot take an option away, a plugin can.
  plugins: [...plugins, { apply: ({ options }) => void delete options.output.library }],
  optimization: {
    minimizer: [
      new Minimizer({
        extractComments: false,
        parallel: false,
        minify: (input) => minify(input, ownNames),
      }),
    ],
  },
});
